using System.Text.RegularExpressions;
using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class LiveLinesTests : IDisposable
{
    private readonly StringWriter _terminal = new() { NewLine = "\n" };

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Set_SameKeyAgain_TakesItsPlace()
    {
        var live = new LiveLines(_terminal, isWatched: true, 40, 24);
        live.Set("a", "first");
        live.Set("b", "other");
        live.Set("a", "second");

        Assert.Equal(["second", "other"], Screen());
    }

    [Fact]
    public void WriteAbove_WhileLinesAreShown_StaysAboveThem()
    {
        var live = new LiveLines(_terminal, isWatched: true, 40, 24);
        live.Set("a", "changing");
        live.WriteAbove("said");
        live.Set("a", "changed");

        Assert.Equal(["said", "changed"], Screen());
        live.Clear();
        Assert.Equal(["said"], Screen());
    }

    [Fact]
    public void Set_LongerThanTheTerminal_IsCut()
    {
        new LiveLines(_terminal, isWatched: true, 40, 24).Set("a", new string('x', 100));

        Assert.Equal([new string('x', 39)], Screen());
    }

    [Theory, InlineData("\u6587", 19), InlineData("\U0001f512", 19), InlineData("e\u0301", 39)]
    public void Set_CharactersOfOtherWidths_AreCutWhereTheTerminalEnds(string character, int count)
    {
        new LiveLines(_terminal, isWatched: true, 40, 24).Set("a", string.Concat(Enumerable.Repeat(character, 50)));

        Assert.Equal([string.Concat(Enumerable.Repeat(character, count))], Screen());
    }

    [Fact]
    public void Set_MoreLinesThanRows_ShowsTheFirst()
    {
        var live = new LiveLines(_terminal, isWatched: true, 40, 6);
        for (var i = 0; i < 20; i++)
            live.Set($"{i}", $"line {i}");

        Assert.Equal(["line 0", "line 1", "line 2", "line 3"], Screen());
    }

    [Fact]
    public void Set_NobodyWatches_WritesNothing()
    {
        var live = new LiveLines(_terminal, isWatched: false, 40, 0);
        live.Set("a", "x");
        live.Clear();

        Assert.Empty(_terminal.ToString());
        live.WriteAbove("said");
        Assert.Equal("said\n", _terminal.ToString());
    }

    [Fact]
    public void Report_LongerThanASecond_ShowsHowMuchIsDoneAndIsGoneInTheEnd()
    {
        var live = new LiveLines(_terminal, isWatched: true, 80, 24);
        var clock = new StoppedTime();
        using var input = new MemoryStream(new byte[8_000_000]);
        var progress = new ByteProgress(live, "encrypting x", input, clock);

        progress.Report(1_000_000);
        Assert.Empty(_terminal.ToString());
        clock.Seconds = 2;
        progress.Report(4_000_000);
        Assert.Equal(["4 MB of 8 MB, 2 MB/s, encrypting x"], Screen());
        progress.Report(5_000_000); // too soon
        Assert.Equal(["4 MB of 8 MB, 2 MB/s, encrypting x"], Screen());
        progress.Dispose();
        Assert.Empty(Screen());
    }

    private sealed class StoppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Seconds * TimestampFrequency;
    }

    /// <summary>What a terminal shows that knows: n lines up, delete to the end.</summary>
    private List<string> Screen()
    {
        var lines = new List<string>();
        foreach (Match token in Regex.Matches(_terminal.ToString(), "\u001b\\[(\\d+)A\r\u001b\\[J|([^\u001b\n]*)\n"))
        {
            if (token.Groups[1].Success)
                lines.RemoveRange(lines.Count - int.Parse(token.Groups[1].Value), int.Parse(token.Groups[1].Value));
            else
                lines.Add(token.Groups[2].Value);
        }

        return lines;
    }
}
