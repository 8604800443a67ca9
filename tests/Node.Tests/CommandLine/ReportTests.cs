using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class ReportTests
{
    [Fact]
    public void WriteWords_EveryKindOfValue_IsWrittenAsPeopleWriteIt()
    {
        using var writer = new StringWriter { NewLine = "\n" };

        Report.WriteWords(writer, new
        {
            withKeyFragments = true,
            signed = false,
            none = (string?)null,
            keptBy = 3,
            notAfter = new DateTimeOffset(2026, 12, 20, 14, 47, 0, TimeSpan.FromHours(1)),
            ursulas = new[] { "a", "b" },
            label = "a\u001bb",
        });

        Assert.Equal(
            "with key fragments yes\nsigned          no\nkept by         3\nnot after       2026-12-20 13:47:00 UTC\n"
            + "ursulas         a b\nlabel           a\\u001bb\n",
            writer.ToString());
    }

    [Theory, InlineData("1", 40), InlineData("39", 40), InlineData("40", 40), InlineData("41", 41)]
    [InlineData("0", TerminalWidth.OfAFile), InlineData("-5", TerminalWidth.OfAFile)]
    [InlineData("wide", TerminalWidth.OfAFile), InlineData(null, TerminalWidth.OfAFile)]
    public void Of_AnyColumns_IsFortyAtLeast(string? columns, int width) =>
        Assert.Equal(width, TerminalWidth.Of(isRedirected: true, columns));
}
