using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Node.Tests.Processes;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>
/// The program behind NATs of every kind, each process in a network namespace of its own: who is punched to serves as
/// an Ursula, who can't be says so.
/// </summary>
[Trait("Category", "Long")]
public sealed class NatTests : IAsyncLifetime
{
    private const int PublicNodes = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly NatLab _lab = new();
    private readonly List<NodeProcess> _processes = [];
    private LabHost? _client;
    private string _bob = "";
    private string _alice = "";

    private string Password => _folder.File("password");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabHost.IsPossible, "needs Linux, root, ip and /dev/net/tun");
        await File.WriteAllTextAsync(Password, "correct horse battery");
        _alice = await InitAsync("alice", "aliceCard");
        _bob = await InitAsync("bob", "bobCard");
        for (var i = 1; i <= PublicNodes; i++)
            await StartAsync(_lab.Add($"198.51.{100 + i}.1"), $"public-{i}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _lab.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(NatKind.FullCone, NatKind.None), InlineData(NatKind.FullCone, NatKind.FullCone)]
    [InlineData(NatKind.FullCone, NatKind.AddressRestricted), InlineData(NatKind.FullCone, NatKind.PortRestricted)]
    [InlineData(NatKind.FullCone, NatKind.Symmetric)]
    [InlineData(NatKind.AddressRestricted, NatKind.None), InlineData(NatKind.AddressRestricted, NatKind.FullCone)]
    [InlineData(NatKind.AddressRestricted, NatKind.AddressRestricted)]
    [InlineData(NatKind.AddressRestricted, NatKind.PortRestricted)]
    [InlineData(NatKind.AddressRestricted, NatKind.Symmetric)]
    [InlineData(NatKind.PortRestricted, NatKind.None), InlineData(NatKind.PortRestricted, NatKind.FullCone)]
    [InlineData(NatKind.PortRestricted, NatKind.AddressRestricted)]
    [InlineData(NatKind.PortRestricted, NatKind.PortRestricted)]
    internal async Task Run_BehindANatThatCanBePunched_HoldsAndServesAPolicy(NatKind ursula, NatKind client)
    {
        var node = await StartAsync(_lab.Add("192.168.7.10", "203.0.113.7", ursula), "guest", "--behind-nat");
        var seen = await node.ReadAsync(@"behind a NAT, seen at 203\.0\.113\.7:(\d+); 3 nodes");
        _client = _lab.Add(client == NatKind.None ? "203.0.113.8" : "192.168.8.20", "203.0.113.8", client);

        var grant = await RunAsync("grant", "--label", "nat", "--bob", _bob, "-m", "4", "-n", "4", "--data", "alice");
        await WriteAsync("plain.txt", "behind");
        var encrypt = await RunAsync("encrypt", _folder.File("plain.txt"), "-o", _folder.File("kit"), "--label", "nat",
            "--data", "alice");
        var retrieve = await RunAsync("retrieve", _folder.File("kit"), "-o", _folder.File("copy"), "--alice", _alice,
            "--label", "nat", "--data", "bob");

        Assert.True(grant.Code == 0, grant.Transcript);
        Assert.True(encrypt.Code == 0, encrypt.Transcript);
        Assert.True(retrieve.Code == 0, retrieve.Transcript);
        Assert.Equal("behind", await File.ReadAllTextAsync(_folder.File("copy")));
        Assert.NotEqual("4000", seen.Groups[1].Value); // it was translated
        await node.ReadAsync("A call over UDP, DepositKeyFrag: done");
        await node.ReadAsync("A call over UDP, Reencrypt: done");
    }

    [Theory, InlineData(NatKind.PortRestricted, NatKind.Symmetric)]
    [InlineData(NatKind.Symmetric, NatKind.None), InlineData(NatKind.Symmetric, NatKind.FullCone)]
    [InlineData(NatKind.Symmetric, NatKind.AddressRestricted), InlineData(NatKind.Symmetric, NatKind.PortRestricted)]
    [InlineData(NatKind.Symmetric, NatKind.Symmetric)]
    internal async Task Run_BehindANatThatNoPunchHelps_ServesNothingAndSaysSo(NatKind ursula, NatKind client)
    {
        var node = await StartAsync(_lab.Add("192.168.7.10", "203.0.113.7", ursula), "guest", "--behind-nat");
        await node.ReadAsync(
            ursula == NatKind.Symmetric ? "shows each node another address: nobody can call it. It is a client"
                : "behind a NAT, seen at");
        _client = _lab.Add(client == NatKind.None ? "203.0.113.8" : "192.168.8.20", "203.0.113.8", client);

        var all = await RunAsync("grant", "--label", "nat", "--bob", _bob, "-m", "4", "-n", "4", "--data", "alice",
            "--deadline", "12s");
        var three = await RunAsync("grant", "--label", "three", "--bob", _bob, "-m", "2", "-n", "3", "--data", "alice");

        Assert.NotEqual(0, all.Code);
        Assert.True(three.Code == 0, three.Transcript); // those that are reached serve on
    }

    [Fact]
    public async Task Run_NobodyReachesItsService_FindsOutAndGoesOnAsOneBehindANat()
    {
        var node = await StartAsync(_lab.Add("192.168.7.10", "203.0.113.7", NatKind.PortRestricted), "guest", "--set",
            "nucypher.reach.retry-delay=3s");

        await node.ReadAsync("none of . nodes reach this one");
        await node.ReadAsync("behind a NAT, seen at 203.0.113.7");

        Assert.Equal(0, (await node.TerminateAsync()).ExitCode);
    }

    private async Task<string> InitAsync(string name, string card)
    {
        var init = await Terminal.RunAsync("init", "--data", _folder.File(name), "--password-file", Password, "--json");
        Assert.True(init.Code == ExitCode.Success, init.Error);
        return init.Json.GetProperty(card).GetString()!;
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.File(name), text);

    private async Task<NodeProcess> StartAsync(LabHost host, string name, params string[] more)
    {
        await InitAsync(name, "nodeId");
        var isFirst = _processes.Count == 0;
        string[] words =
        [
            "run", "--data", _folder.File(name), "--password-file", Password, "--udp", $"{host.Inner}:4000",
            "--https", $"{host.Inner}:4001", .. isFirst ? [] : new[] { "--join", "198.51.101.1:4000" }, .. more,
        ];
        var process = await host.RunAsync(() => NodeProcess.Start(words));
        _processes.Add(process);
        await process.ReadAsync(@"^https\s");
        if (!isFirst)
            await process.ReadAsync("joined the swarm");
        return process;
    }

    private async Task<(int Code, string Transcript)> RunAsync(params string[] words)
    {
        var data = Array.IndexOf(words, "--data") + 1;
        words[data] = _folder.File(words[data]);
        if (words[0] != "encrypt")
            words = [.. words, "--join", "198.51.101.1:4000"];
        await using var process = await _client!.RunAsync(() => NodeProcess.Start([.. words, "--password-file",
            Password]));
        return (await process.WaitForExitAsync(), process.Transcript);
    }
}
