namespace NuCypher.P2P.Policy.Tests;

public sealed class PolicyLabelTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Größe/π/日本")]
    public void TryParse_Text_RoundTripsThroughBytes(string text)
    {
        Assert.True(PolicyLabel.TryParse(text, out var label));
        Assert.True(PolicyLabel.TryRead(label.ToBytes(), out var read));
        Assert.Equal(label, read);
    }

    [Fact]
    public void TryParse_AtTheLimit_TakesIt()
    {
        Assert.True(PolicyLabel.TryParse(new string('x', PolicyLabel.MaxSize), out _));
        Assert.True(PolicyLabel.TryParse(new string('π', PolicyLabel.MaxSize / 2), out _));
    }

    [Fact]
    public void TryParse_OneTextInTwoSpellings_IsOneLabel()
    {
        Assert.True(PolicyLabel.TryParse("Gro\u0308\u00dfe", out var decomposed));
        Assert.True(PolicyLabel.TryParse("Gr\u00f6\u00dfe", out var composed));
        Assert.True(PolicyLabel.TryRead("Gro\u0308\u00dfe"u8, out var journaled));

        Assert.Equal(composed, decomposed);
        Assert.Equal("Gro\u0308\u00dfe"u8, journaled.ToBytes());
    }

    [Theory, InlineData("two\nlines"), InlineData("\u001b[2J"), InlineData("nul\0"), InlineData("\u009b2J")]
    [InlineData("\u007f")]
    public void TryParse_ControlCharacters_Refuses(string text) => Assert.False(PolicyLabel.TryParse(text, out _));

    [Fact]
    public void TryParse_EmptyLongOrBroken_Refuses()
    {
        Assert.False(PolicyLabel.TryParse(null, out _));
        Assert.False(PolicyLabel.TryParse("", out _));
        Assert.False(PolicyLabel.TryParse(new string('x', PolicyLabel.MaxSize + 1), out _));
        Assert.False(PolicyLabel.TryParse(new string('π', (PolicyLabel.MaxSize / 2) + 1), out _));
        Assert.False(PolicyLabel.TryParse("half a pair \ud800", out _));
        Assert.False(PolicyLabel.TryRead([0xff, 0xfe], out _));
        Assert.False(PolicyLabel.TryRead(new byte[1000], out _));
    }
}
