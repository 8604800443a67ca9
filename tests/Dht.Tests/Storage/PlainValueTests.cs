namespace NuCypher.P2P.Dht.Tests.Storage;

public sealed class PlainValueTests
{
    [Fact]
    public void ToString_EveryType_IsWhatPythonPrints() => Assert.Equal(
        ["hello", "00ff10", "-129", "9223372036854775807", "3.25", "True", "False"],
        new[]
        {
            PlainValue.FromText("hello"), PlainValue.FromBytes([0, 255, 16]), PlainValue.FromInteger(-129),
            PlainValue.FromInteger(long.MaxValue), PlainValue.FromFloat(3.25), PlainValue.FromBoolean(true), PlainValue.FromBoolean(false),
        }.Select(value => value.ToString()));

    [Fact]
    public void TryGet_TextAndBytes_TellsThemApart()
    {
        Assert.True(PlainValue.FromText("a").TryGetText(out var text) && text == "a");
        Assert.True(PlainValue.FromBytes([97]).TryGetBytes(out var bytes) && bytes.Span[0] == 97);
        Assert.False(PlainValue.FromText("a").TryGetBytes(out _) || PlainValue.FromBytes([97]).TryGetText(out _));
    }

    [Theory, InlineData("c0"), InlineData("90"), InlineData("80"), InlineData("0101"), InlineData(""), InlineData("a1ff")]
    public void TryRead_NilListsAndBrokenBytes_Refuses(string encoded) =>
        Assert.False(PlainValue.TryRead(Convert.FromHexString(encoded), out _));

    [Fact]
    public void Equals_LongerFormOfTheSame_IsEqual() =>
        Assert.True(PlainValue.TryRead([0xD9, 1, 97], out var value) && value.Equals(PlainValue.FromText("a"))
            && value.GetHashCode() == PlainValue.FromText("a").GetHashCode());
}
