using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Node.Tests.Processes;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>A swarm that is found on the local network, which is a network namespace with one interface.</summary>
public sealed class LanTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeProcess> _processes = [];
    private readonly LabHost? _host = LabHost.IsPossible ? new("10.9.0.1", "10.9.0.1", NatKind.None, (_, _) => { })
        : null;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(_host is not null, "needs Linux, root, ip and /dev/net/tun");
        await File.WriteAllTextAsync(_folder.File("password"), "correct horse battery");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _host?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_TwoWithLanAndNoSeed_FindEachOtherAndAClientFindsThem()
    {
        var first = await RunAsync("first", "10.9.0.1:4000", "--lan");
        var second = await RunAsync("second", "10.9.0.1:4010", "--lan");
        await Task.WhenAll(first.ReadAsync("joined the swarm"), second.ReadAsync("joined the swarm"));

        var ping = await StartAsync("dht", "ping", "--lan");

        Assert.True(await ping.WaitForExitAsync() == 0, ping.Transcript);
        await ping.ReadAsync(@"^10\.9\.0\.1:40.0 ");
    }

    [Fact]
    public async Task Ping_WithLanWhereOthersRunWithoutIt_FindsNobody()
    {
        await RunAsync("first", "10.9.0.1:4000");

        var ping = await StartAsync("dht", "ping", "--lan");

        Assert.Equal((int)ExitCode.Usage, await ping.WaitForExitAsync());
        await ping.ReadAsync("nobody on the local network is in a swarm");
    }

    private async Task<NodeProcess> RunAsync(string name, string udp, params string[] more)
    {
        var (data, password) = (_folder.File(name), _folder.File("password"));
        var init = await Terminal.RunAsync("init", "--data", data, "--password-file", password);
        Assert.True(init.Code == ExitCode.Success, init.Error);
        var process = await StartAsync(["run", "--data", data, "--password-file", password, "--udp", udp, "--https",
            udp, .. more]);
        await process.ReadAsync(@"^https\s");
        return process;
    }

    private async Task<NodeProcess> StartAsync(params string[] words)
    {
        var process = await _host!.RunAsync(() => NodeProcess.Start(words)); // or the test is skipped
        _processes.Add(process);
        return process;
    }
}
