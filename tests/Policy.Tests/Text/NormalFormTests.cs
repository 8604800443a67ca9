using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Policy.Tests.Text;

public sealed class NormalFormTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("\u212b\u2126\u212a", "\u00c5\u03a9K")]
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00")]
    [InlineData("\ud558\u11ab", "\ud55c")]
    [InlineData("a\u0323\u0302", "\u1ead")]
    [InlineData("a\u0302\u0323", "\u1ead")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u03b9\u0308\u0301", "\u0390")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\ud83d\ude00e\u0301", "\ud83d\ude00\u00e9")]
    [InlineData("\ud804\udc99\ud804\udcba", "\ud804\udc9a")]
    [InlineData("\uf900", "\u8c48")]
    [InlineData("\ufb01\u2460", "\ufb01\u2460")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("e\u200d\u0301", "e\u200d\u0301")]
    public void Of_Text_IsFormC(string text, string expected) => Assert.Equal(expected, NormalForm.Of(text));

    [Fact]
    public void Of_HalfAPair_StaysAsItIs() => Assert.Equal("half \ud800e\u0301", NormalForm.Of("half \ud800e\u0301"));

    [Fact]
    public void Of_EveryCodePointTwice_ChangesNothingTheSecondTime()
    {
        for (var point = 0; point <= 0x10ffff; point++)
        {
            if (point is >= 0xd800 and < 0xe000)
                continue;
            var once = NormalForm.Of(char.ConvertFromUtf32(point) + "\u0301");

            Assert.Equal(once, NormalForm.Of(once));
        }
    }
}
