using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Processes;

public sealed class RunProcessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeFolder> _nodes = [];

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            _nodes.Add(await NodeFolder.CreateAsync(_folder, $"node-{i}"));
        await _nodes[0].StartAsync();
        await Task.WhenAll(_nodes.Skip(1).Select(n => n.StartAsync("--join", _nodes[0].Udp)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_ThreeProcesses_FindEachOtherServeAndLoseNoPolicyInAKill()
    {
        await NodeFolder.MeetAsync(_nodes);
        var bob = await InitAsync("bob");
        await InitAsync("alice");
        var grant = await AliceAsync("grant", "--label", "reports", "--bob", bob, "-m", "2", "-n", "3");
        Assert.True(grant.Code == ExitCode.Success, grant.Error);
        var held = (await _nodes[1].StatusWhenAsync(_ => true)).GetProperty("policiesHeld").GetInt32();

        await _nodes[1].Process.KillAsync();
        await _nodes[1].StartAsync("--join", _nodes[2].Udp);
        var recovered = await _nodes[1].StatusWhenAsync(s => s.GetProperty("policiesHeld").GetInt32() == 1);
        var renewed = await AliceAsync("renew", "--label", "reports", "--bob", bob, "--for", "2h");

        Assert.Equal(1, held);
        Assert.Equal(1, recovered.GetProperty("policiesHeld").GetInt32());
        Assert.Equal(3, renewed.Json.GetProperty("ursulas").EnumerateArray().Count(
            u => u.GetProperty("outcome").GetString() == "Renewed"));
    }

    [Fact]
    [Trait("Row", "QA-05")]
    public async Task Run_Terminated_EndsWithSuccessAndRemembersItsPeers()
    {
        await _nodes[2].StatusWhenAsync(s => s.GetProperty("peers").GetArrayLength() == 2);

        var (code, took) = await _nodes[2].Process.TerminateAsync();
        await _nodes[2].StartAsync();
        var rejoined = await _nodes[2].StatusWhenAsync(s => s.GetProperty("peers").GetArrayLength() == 2);

        Assert.Equal(0, code);
        Assert.True(took < TimeSpan.FromSeconds(20), $"took {took}");
        Assert.Equal("full", rejoined.GetProperty("mode").GetString());
    }

    [Fact]
    [Trait("Row", "NW-05")]
    public async Task Run_AllRestartedAtOnce_StillHaveTheTreasureMap()
    {
        await NodeFolder.MeetAsync(_nodes);
        var bob = await InitAsync("bob");
        var alice = await InitAsync("alice", "aliceCard");
        var grant = await AliceAsync("grant", "--label", "kept", "--bob", bob, "-m", "2", "-n", "3");
        Assert.True(grant.Code == ExitCode.Success, grant.Error);

        await Task.WhenAll(_nodes.Select(n => n.Process.TerminateAsync()));
        await Task.WhenAll(_nodes.Select(n => n.StartAsync()));
        var map = await Terminal.RunAsync(
            "map", "fetch", "--alice", alice, "--label", "kept", "--join", _nodes[0].Udp,
            "--data", _folder.File("bob"), "--password-file", _folder.File("password"), "--json");

        Assert.True(map.Code == ExitCode.Success, map.Error);
        Assert.Equal(3, map.Json.GetProperty("ursulas").GetArrayLength());
    }

    [Fact]
    [Trait("Row", "NW-15")]
    [Trait("Row", "QA-05")]
    public async Task Run_InASwarm_IsReadyAndSaysHowItKnows()
    {
        var health = await _nodes[1].HealthWhenAsync(checks =>
            checks.EnumerateObject().All(c => c.Value.GetProperty("status").GetString() == "Healthy"));
        var status = await Terminal.RunAsync("status", "--data", _folder.File("node-1"), "--json");
        var words = await Terminal.RunAsync("status", "--data", _folder.File("node-1"));

        Assert.Contains("nodes that tried reached", health.GetProperty("reachable").GetProperty("words").GetString(),
            StringComparison.Ordinal);
        Assert.True(status.Json.GetProperty("ready").GetBoolean());
        Assert.Contains("the swarm holds", words.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, ExitCode.Success), (status.Code, words.Code));
    }

    [Fact, Trait("Category", "Long")]
    public async Task Revoke_TwoOfThreeAreDown_IsNotCertainUntilTheyAreBack()
    {
        await NodeFolder.MeetAsync(_nodes);
        var bob = await InitAsync("bob");
        await InitAsync("alice");
        var grant = await AliceAsync("grant", "--label", "open", "--bob", bob, "-m", "2", "-n", "3");
        Assert.True(grant.Code == ExitCode.Success, grant.Error);
        await Task.WhenAll(_nodes.Skip(1).Select(node => node.Process.KillAsync()));

        var open = await Terminal.RunAsync(
            "revoke", "--label", "open", "--bob", bob, "--deadline", "2s", "--join", _nodes[0].Udp,
            "--data", _folder.File("alice"), "--password-file", _folder.File("password"));
        await Task.WhenAll(_nodes.Skip(1).Select(node => node.StartAsync("--join", _nodes[0].Udp)));
        var done = await AliceAsync("revoke", "--label", "open", "--bob", bob);

        Assert.Equal(ExitCode.TooFewUrsulas, open.Code);
        Assert.Contains("not yet certain: 1 of 3 fragments are gone, 2 must be", open.Output, StringComparison.Ordinal);
        Assert.Equal(4, open.Output.Split("not yet certain")[0].Count(c => c == '\n')); // a head, and a row for each
        Assert.True(done.Code == ExitCode.Success, done.Error);
    }

    private async Task<string> InitAsync(string name, string card = "bobCard")
    {
        var outcome = await Terminal.RunAsync(
            "init", "--data", _folder.File(name), "--password-file", _folder.File("password"), "--json",
            "--set", "nucypher.keystore.scrypt-log-rounds=10");
        return outcome.Json.GetProperty(card).GetString()!;
    }

    private Task<Terminal.Outcome> AliceAsync(params string[] words) => Terminal.RunAsync(
    [
        .. words, "--join", _nodes[0].Udp,
        "--data", _folder.File("alice"), "--password-file", _folder.File("password"), "--json",
    ]);
}
