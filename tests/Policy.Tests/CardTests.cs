using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class CardTests
{
    [Fact]
    public void TryParse_OwnText_GivesBackTheKeys()
    {
        Assert.True(BobCard.TryParse($" {Cast.Bob.BobCard}\n", out var bob, out _));
        Assert.True(AliceCard.TryParse(Cast.Alice.AliceCard.ToString(), out var alice, out _));

        Assert.Equal(Cast.Bob.BobCard, bob);
        Assert.Equal(Cast.Alice.AliceCard, alice);
        Assert.Equal(Cast.Bob.Id, bob.Id);
        Assert.DoesNotContain('\n', bob.ToString());
    }

    [Theory]
    [InlineData(null, CardRefusal.Empty)]
    [InlineData("  ", CardRefusal.Empty)]
    [InlineData("hello", CardRefusal.NotACard)]
    [InlineData("bob1_????", CardRefusal.BadText)]
    [InlineData("bob1_AAAA", CardRefusal.BadText)]
    public void TryParse_OtherText_SaysWhyNot(string? text, CardRefusal expected)
    {
        Assert.False(BobCard.TryParse(text, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void TryParse_OtherRoleOrMuchText_SaysWhyNot()
    {
        Assert.False(BobCard.TryParse(Cast.Bob.AliceCard.ToString(), out _, out var otherRole));
        Assert.False(AliceCard.TryParse(new string('a', 1000), out _, out var tooLong));

        Assert.Equal(CardRefusal.OtherRole, otherRole);
        Assert.Equal(CardRefusal.TooLong, tooLong);
    }

    [Fact]
    public void TryParse_AnyChangedCharacter_IsRefused()
    {
        var text = Cast.Bob.BobCard.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = string.Concat(text.AsSpan(0, i), text[i] == 'A' ? "B" : "A", text.AsSpan(i + 1));
            Assert.False(BobCard.TryParse(changed, out _, out _), $"character {i}");
            Assert.False(BobCard.TryParse(text[..i], out _, out _), $"truncated to {i}");
        }

        Assert.False(BobCard.TryParse(text + "A", out _, out _));
    }

    [Theory]
    [InlineData("="), InlineData("=="), InlineData("==="), InlineData("===="), InlineData("%"), InlineData("A=")]
    [InlineData("AAA="), InlineData("\u0141")]
    public void TryParse_AnythingBehindACard_IsRefusedAndNeverThrows(string more)
    {
        var (bob, alice) = (Cast.Bob.BobCard.ToString(), Cast.Alice.AliceCard.ToString());

        for (var cut = 0; cut < 5; cut++)
        {
            Assert.False(BobCard.TryParse(bob[..^cut] + more, out _, out _));
            Assert.False(AliceCard.TryParse(alice[..^cut] + more, out _, out _));
            Assert.False(BobCard.TryParse(bob.Insert(bob.Length - cut, more), out _, out _));
            Assert.False(AliceCard.TryParse(alice.Insert(alice.Length - cut, more + "\t"), out _, out _));
        }
    }

    [Fact]
    public void TryParse_GoodChecksumOverNoKey_IsRefusedAsBadKey()
    {
        var text = CardText.Write(CardText.AlicePrefix, new byte[33]);

        Assert.False(AliceCard.TryParse(text, out _, out var refusal));
        Assert.Equal(CardRefusal.BadKey, refusal);
    }
}
