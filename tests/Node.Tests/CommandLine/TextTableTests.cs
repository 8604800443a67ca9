using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class TextTableTests
{
    private static readonly string Card = $"bob1_{new string('x', 94)}";

    [Fact]
    public void Write_WideEnough_IsATable() => Assert.Equal(
        $"label  Bob\na      {Card}\nlong   {Card}\n", Written(120, ["a", Card], ["long", Card]));

    [Theory, InlineData(40), InlineData(80), InlineData(105)]
    public void Write_TooNarrow_IsAListWithUnbrokenValues(int width) => Assert.Equal(
        $"label  a\nBob    {Card}\n\nlabel  b\n\n", Written(width, ["a", Card], ["b", ""]));

    [Fact]
    public void Write_WideCharacters_KeepTheColumns() => Assert.Equal(
        "label   Bob\n\u5831\u544a\u66f8  x\ncafe\u0301    y\n",
        Written(80, ["\u5831\u544a\u66f8", "x"], ["cafe\u0301", "y"]));

    [Fact]
    public void Write_NoRows_IsNothing() => Assert.Empty(Written(80));

    [Fact]
    public void Write_ValueWithEscapes_IsHarmless() =>
        Assert.DoesNotContain("\u001b", Written(80, ["\u001b[2J", "x"]), StringComparison.Ordinal);

    private static string Written(int width, params string[][] rows)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TextTable.Write(writer, width, ["label", "Bob"], rows);
        return writer.ToString();
    }
}
