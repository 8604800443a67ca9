using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class DemoCommandTests
{
    [Fact]
    [Trait("Row", "QA-01")]
    public async Task Demo_SmallSwarm_VerifiesEveryStep()
    {
        var outcome = await Terminal.RunAsync("demo", "--nodes", "4", "-m", "2", "-n", "3", "--json");

        Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
        Assert.True(outcome.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(11, outcome.Json.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    [Trait("Row", "QA-01")]
    public async Task DemoLedger_Offline_VerifiesEveryStep()
    {
        var outcome = await Terminal.RunAsync("demo", "ledger", "--json");

        Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
        Assert.True(outcome.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(12, outcome.Json.GetProperty("steps").GetArrayLength());
    }

    [Theory, InlineData("4", "3", "3"), InlineData("2", "1", "3"), InlineData("8", "0", "3")]
    [InlineData("65", "2", "3")]
    public async Task Demo_ImpossibleNumbers_IsAUsageError(string nodes, string threshold, string shares)
    {
        var outcome = await Terminal.RunAsync("demo", "--nodes", nodes, "-m", threshold, "-n", shares);

        Assert.Equal(ExitCode.Usage, outcome.Code);
    }
}
