using NuCypher.P2P.Node.CommandLine;
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
    [InlineData("--nodes", "0")]
    [InlineData("--nodes", "100001")]
    [InlineData("--policies", "-1")]
    [InlineData("--duration", "-1h")]
    [InlineData("--duration", "soon")]
    public async Task Simulate_ImpossibleNumber_IsRefusedBeforeTheRun(string option, string value)
    {
        var outcome = await Terminal.RunAsync("simulate", $"{option}={value}");

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains(option, outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>In a process of its own: it fails if anything of a run reaches the thread pool.</summary>
    private static async Task<string> HashAsync(int seed)
    {
        await using var process = NodeProcess.Start("simulate", "--nodes", "10", "--policies", "3", "--duration", "3m", "--json", "--seed", $"{seed}");
        var line = await process.ReadAsync("\"traceHash\": \"([0-9a-f]{32})\"");
        Assert.Equal(0, await process.WaitForExitAsync());
        return line.Groups[1].Value;
    }
}
