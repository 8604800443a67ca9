using System.Diagnostics;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Node.Tests.Processes;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>
/// Ten nodes in network namespaces with 80 ms round trip and 1 % loss between any two: commands succeed, and how long
/// they take is printed, with the start of the program; <c>encrypt</c>, which asks nobody, shows how much that is.
/// </summary>
[Trait("Category", "Long")]
public sealed class RoundTripTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Nodes = 10;
    private const int Commands = 20;
    private const int Seed = 80;

    private readonly TemporaryFolder _folder = new();
    private readonly NatLab _lab = new(TimeSpan.FromMilliseconds(40), loss: 0.01, Seed);
    private readonly List<NodeProcess> _processes = [];
    private LabHost? _client;

    private string Password => _folder.File("password");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabHost.IsPossible, "needs Linux, root, ip and /dev/net/tun");
        await File.WriteAllTextAsync(Password, "correct horse battery");
        for (var i = 1; i <= Nodes; i++)
            await StartAsync(i);
        _client = _lab.Add("203.0.113.8");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _lab.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task GrantAndRetrieve_EightyMillisecondsAndLoss_SucceedEachTime()
    {
        var alice = await InitAsync("alice", "aliceCard");
        var bob = await InitAsync("bob", "bobCard");
        await File.WriteAllTextAsync(_folder.File("plain"), "far away");
        List<TimeSpan> grants = [], alone = [], retrievals = [];

        for (var i = 0; i < Commands; i++)
        {
            var (kit, copy, label) = (_folder.File($"kit{i}"), _folder.File($"copy{i}"), $"l{i}");
            grants.Add(await RunAsync("alice", "grant", "--label", label, "--bob", bob, "-m", "3", "-n", "5"));
            alone.Add(await RunAsync("alice", "encrypt", _folder.File("plain"), "-o", kit, "--label", label));
            retrievals.Add(await RunAsync("bob", "retrieve", kit, "-o", copy, "--alice", alice, "--label", label));
            Assert.Equal("far away", await File.ReadAllTextAsync(copy));
        }

        output.WriteLine(
            $"seed {Seed}; grant 3 of 5: {Words(grants)}; retrieve: {Words(retrievals)}; encrypt: {Words(alone)}");
    }

    private static string Words(List<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        var p95 = sorted[(int)Math.Ceiling(0.95 * sorted.Count) - 1];
        return $"median {sorted[sorted.Count / 2].TotalSeconds:F2} s, p95 {p95.TotalSeconds:F2} s, "
            + $"longest {sorted[^1].TotalSeconds:F2} s";
    }

    private async Task StartAsync(int number)
    {
        await InitAsync($"node-{number}", "nodeId");
        var host = _lab.Add($"198.51.{100 + number}.1");
        string[] join = number == 1 ? [] : ["--join", "198.51.101.1:4000"];
        string[] words =
        [
            "run", "--data", _folder.File($"node-{number}"), "--password-file", Password,
            "--udp", $"{host.Inner}:4000", "--https", $"{host.Inner}:4001", .. join,
        ];
        var process = await host.RunAsync(() => NodeProcess.Start(words));
        _processes.Add(process);
        await process.ReadAsync(number == 1 ? @"^https\s" : "joined the swarm");
    }

    private async Task<string> InitAsync(string name, string card)
    {
        var init = await Terminal.RunAsync("init", "--data", _folder.File(name), "--password-file", Password, "--json");
        Assert.True(init.Code == ExitCode.Success, init.Error);
        return init.Json.GetProperty(card).GetString()!;
    }

    private async Task<TimeSpan> RunAsync(string who, params string[] words)
    {
        string[] join = words[0] == "encrypt" ? [] : ["--join", "198.51.101.1:4000"];
        string[] all = [.. words, .. join, "--data", _folder.File(who), "--password-file", Password];
        var clock = Stopwatch.StartNew();
        await using var process = await _client!.RunAsync(() => NodeProcess.Start(all)); // made before each test
        Assert.True(await process.WaitForExitAsync() == 0, process.Transcript);
        return clock.Elapsed;
    }
}
