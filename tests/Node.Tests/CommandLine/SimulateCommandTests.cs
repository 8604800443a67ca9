using System.Text.RegularExpressions;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.Processes;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class SimulateCommandTests
{
    [Fact]
    public async Task Simulate_SameAndOtherSeed_GiveSameAndOtherHash()
    {
        string[] hashes = [await HashAsync(1), await HashAsync(1), await HashAsync(2)];

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Theory]
    [InlineData(ExitCode.Configuration, "nodes", "--nodes", "0")]
    [InlineData(ExitCode.Configuration, "nodes", "--nodes", "1000000")]
    [InlineData(ExitCode.Configuration, "policies.count", "--policies", "-1")]
    [InlineData(ExitCode.Configuration, "duration", "--duration", "-1h")]
    [InlineData(ExitCode.Configuration, "duration", "--duration", "soon")]
    [InlineData(ExitCode.Usage, "--seeds", "--seeds", "9..1")]
    [InlineData(ExitCode.Usage, "sybils", "--without", "sybils")]
    [InlineData(ExitCode.NotFound, "nowhere", "--scenario", "nowhere")]
    internal async Task Simulate_ImpossibleValue_IsRefusedBeforeTheRun(
        ExitCode code, string named, string option, string value)
    {
        var outcome = await Terminal.RunAsync("simulate", $"{option}={value}");

        Assert.Equal(code, outcome.Code);
        Assert.Contains(named, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_FileWithAnUnknownKey_NamesItsLine()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("mine.hocon"), "nodes = 3\nnodez = 4\n");

        var outcome = await Terminal.RunAsync("simulate", "--scenario", folder.File("mine.hocon"));

        Assert.Equal(ExitCode.Configuration, outcome.Code);
        Assert.Contains("mine.hocon(2)", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("nodez", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ReportWhereNoneCanBeWritten_IsRefusedBeforeTheRun()
    {
        var outcome = await Terminal.RunAsync(
            "simulate", "--nodes", "2", "--policies", "0", "--duration", "1s", "--report", "/nowhere/report.html");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.DoesNotContain("simulating", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_FileThatIsNotUtf8_SaysSo()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("mine.hocon"), [.. "nodes = 3 # caf"u8, 0xe9, 0x0a]);

        var outcome = await Terminal.RunAsync("simulate", "--scenario", folder.File("mine.hocon"));

        Assert.Equal(ExitCode.Configuration, outcome.Code);
        Assert.Contains("UTF-8", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_CtrlC_EndsWithTheSummarySoFar()
    {
        await using var process = NodeProcess.Start("simulate", "--nodes", "5", "--duration", "1000h");
        await process.ReadAsync("^simulating ");

        var (code, _) = await process.InterruptAsync();

        await process.ReadAsync("of virtual time in");
        await process.ReadAsync("^seed 1: holds so far, ");
        Assert.Equal((int)ExitCode.Interrupted, code);
    }

    [Fact]
    public async Task Simulate_CtrlCWhileAWorldIsBuilt_EndsWithTheSummarySoFar()
    {
        await using var process = NodeProcess.Start("simulate", "--nodes", "100000", "--duration", "1h");
        await process.ReadAsync("^simulating ");

        var (code, _) = await process.InterruptAsync();

        await process.ReadAsync("^seed 1: holds so far, ");
        Assert.Equal((int)ExitCode.Interrupted, code);
    }

    [Fact]
    public async Task Simulate_Help_SaysWhatEachScenarioShows()
    {
        var outcome = await Terminal.RunAsync("simulate", "--help");

        Assert.Contains("steady: An ordinary day", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_OtherSize_SaysWhatStaysAsItIs()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("mine.hocon"),
            "clients = 2, lookups-per-minute = 0, settle-time = 1s, heal-time = 1s\n"
            + "policies { count = 0, stored = 5, stored-end-at = 1s }");

        var outcome = await Terminal.RunAsync(
            "simulate", "--scenario", folder.File("mine.hocon"), "--nodes", "2", "--policies", "0", "--duration", "1s",
            "--seeds", "1..2");

        Assert.Contains("--nodes leaves ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--policies leaves the 5 policies on disks", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--duration leaves ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_CtrlCDuringManySeeds_EndsWithThoseThatWereDone()
    {
        await using var process = NodeProcess.Start(
            "simulate", "--nodes", "5", "--duration", "1m", "--policies", "1", "--seeds", "1..1000000");
        var done = await process.ReadAsync("^seed [0-9]+: holds, .*");

        var (code, _) = await process.InterruptAsync();

        await process.ReadAsync(Regex.Escape(done.Value)); // once when it was done, once in the summary
        Assert.Equal((int)ExitCode.Interrupted, code);
    }

    /// <summary>In a process of its own: it fails if anything of a run reaches the thread pool.</summary>
    private static async Task<string> HashAsync(int seed)
    {
        await using var process = NodeProcess.Start(
            "simulate", "--nodes", "10", "--policies", "3", "--duration", "3m", "--json", "--seed", $"{seed}");
        var line = await process.ReadAsync("\"traceHash\": \"([0-9a-f]{32})\"");
        Assert.Equal(0, await process.WaitForExitAsync());
        return line.Groups[1].Value;
    }
}
