using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.Processes;

public sealed class InterruptTests
{
    private const string SomeKey = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    [Fact]
    public async Task Encrypt_CtrlCWhileItWaitsForItsInput_EndsAtOnceWithItsCode()
    {
        await using var process = NodeProcess.Start("encrypt", "-", "-o", "-", "--armor", "--policy-key", SomeKey);
        await process.ReadAsync("^-----BEGIN NUCYPHER KIT-----$");

        var (code, took) = await process.InterruptAsync();

        Assert.Equal((int)ExitCode.Interrupted, code);
        // the time after which the process would be ended by force is 5 s
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await process.ReadAsync("^error: interrupted$");
    }

    [Fact]
    public async Task Run_CtrlC_EndsWithTheCodeOfEveryCommand()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeFolder.CreateAsync(folder, "node");
        await node.StartAsync();

        var (code, _) = await node.Process.InterruptAsync();

        Assert.Equal((int)ExitCode.Interrupted, code);
    }

    [Fact]
    public async Task Find_CtrlCWhileItJoins_EndsWithTheCodeOfEveryCommand()
    {
        await using var process = NodeProcess.Start("dht", "find", "x", "--join", "127.0.0.1:9");
        await process.ReadAsync("^joining through");

        var (code, _) = await process.InterruptAsync();

        Assert.Equal((int)ExitCode.Interrupted, code);
    }
}
