namespace NuCypher.P2P.Dht.Tests.Storage;

public sealed class PlainValueTests
{
    [Fact]
    public void ToString_EveryType_IsWhatPythonPrints() => Assert.Equal(
        ["hello", "00ff10", "-129", "9223372036854775807", "3.25", "True", "False"],
        new[]
        {
            PlainValue.FromText("hello"), PlainValue.FromBytes([0, 255, 16]), PlainValue.FromInteger(-129),
            PlainValue.FromInteger(long.MaxValue), PlainValue.FromFloat(3.25), PlainValue.FromBoolean(true),
            PlainValue.FromBoolean(false),
        }.Select(value => value.ToString()));

    [Fact]
    public void TryGet_TextAndBytes_TellsThemApart()
    {
        Assert.True(PlainValue.FromText("a").TryGetText(out var text) && text == "a");
        Assert.True(PlainValue.FromBytes([97]).TryGetBytes(out var bytes) && bytes.Span[0] == 97);
        Assert.False(PlainValue.FromText("a").TryGetBytes(out _) || PlainValue.FromBytes([97]).TryGetText(out _));
    }

    [Theory, InlineData("c0"), InlineData("90"), InlineData("80"), InlineData("0101"), InlineData("")]
    [InlineData("a1ff")]
    public void TryRead_NilListsAndBrokenBytes_Refuses(string encoded) =>
        Assert.False(PlainValue.TryRead(Convert.FromHexString(encoded), out _));

    [Theory]
    [InlineData("c2", "c2"), InlineData("c3", "c3"), InlineData("00", "00"), InlineData("cc7f", "7f")]
    [InlineData("cd0080", "cc80")]
    [InlineData("ce00000100", "cd0100"), InlineData("cf0000000000010000", "ce00010000")]
    [InlineData("cfffffffffffffffff", "cfffffffffffffffff")]
    [InlineData("ff", "ff"), InlineData("d0ff", "ff"), InlineData("d1ffdf", "d0df"), InlineData("d2ffffff7f", "d1ff7f")]
    [InlineData("d3ffffffff7fffffff", "d3ffffffff7fffffff"), InlineData("d3ffffffff80000000", "d280000000")]
    [InlineData("d07f", "7f"), InlineData("e0", "e0"), InlineData("d0e0", "e0")]
    [InlineData("ca40500000", "cb400a000000000000"), InlineData("cb400a000000000000", "cb400a000000000000")]
    [InlineData("a161", "a161"), InlineData("d90161", "a161"), InlineData("da000161", "a161")]
    [InlineData("db0000000161", "a161")]
    [InlineData("c40161", "c40161"), InlineData("c5000161", "c40161"), InlineData("c60000000161", "c40161")]
    [InlineData("d40561", "d40561"), InlineData("c7010561", "d40561"), InlineData("c800010561", "d40561")]
    [InlineData("c9000000010561", "d40561"), InlineData("c70305616263", "c70305616263")]
    public void TryRead_EveryLegalForm_IsKeptInItsShortest(string encoded, string shortest)
    {
        Assert.True(PlainValue.TryRead(Convert.FromHexString(encoded), out var value));
        Assert.Equal(shortest, Convert.ToHexStringLower(value.Encoded.Span));
    }

    [Theory, InlineData("a"), InlineData("ż")]
    public void FromText_EveryLengthClass_ReadsBackTheSame(string letter)
    {
        foreach (var count in new[] { 0, 1, 31, 32, 255, 256, 65535, 65536 })
        {
            var text = string.Concat(Enumerable.Repeat(letter, count));

            Assert.True(PlainValue.TryRead(PlainValue.FromText(text).Encoded, out var value));

            Assert.True(value.TryGetText(out var read) && read == text);
        }
    }

    [Fact]
    public void Equals_NothingAndAnother_AreNot()
    {
        var value = PlainValue.FromText("a");

        Assert.False(value.Equals(null) || value.Equals(PlainValue.FromText("b")) || value.Equals((object)"a"));
        Assert.True(value.Equals((object)PlainValue.FromText("a")));
    }

    [Fact]
    public void Equals_LongerFormOfTheSame_IsEqual() =>
        Assert.True(PlainValue.TryRead((byte[])[0xD9, 1, 97], out var value) && value.Equals(PlainValue.FromText("a"))
            && value.GetHashCode() == PlainValue.FromText("a").GetHashCode());
}
