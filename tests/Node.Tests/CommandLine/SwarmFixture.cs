using System.Collections;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Demo;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

/// <summary>Three Ursulas in this process, and folders of Alice, Bob and Eve for commands to work in.</summary>
public sealed class SwarmFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<DemoNode> _nodes = [];

    internal string Join => _nodes[0].Running.Udp.ToString();

    internal string Alice { get; private set; } = "";

    internal string Bob { get; private set; } = "";

    internal string Eve { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var settings = SettingsReader.Read(
            Path.Combine(AppContext.BaseDirectory, SettingsReader.FileName), new Hashtable(),
            ["nucypher.dht.accept-plain=true"]);
        for (var i = 0; i < 3; i++)
        {
            _nodes.Add(new DemoNode(File($"ursula-{i}"), settings, NullLoggerFactory.Instance));
            await _nodes[i].StartAsync(isClient: false, i == 0 ? [] : [_nodes[0].Running.Udp]);
        }
        await Task.WhenAll(_nodes.Select(n => n.Running.JoinedAsync(TimeSpan.FromSeconds(60), CancellationToken.None)));
        await Task.WhenAll(_nodes.Select(FoundAsync));
        await System.IO.File.WriteAllTextAsync(File("password"), "correct horse battery");
        Alice = await InitAsync("alice", "aliceCard");
        Bob = await InitAsync("bob", "bobCard");
        Eve = await InitAsync("eve", "bobCard");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Dispose();
    }

    internal string File(string name) => _folder.File(name);

    /// <summary>Somebody's keys; the caller disposes them.</summary>
    internal Identity IdentityOf(string who)
    {
        Assert.True(Password.TryRead("correct horse battery", out var password, out _));
        using (password)
            return IdentityStore.Open(new DataFolder(File(who)), password);
    }

    /// <summary>Runs a command in somebody's folder.</summary>
    internal Task<Terminal.Outcome> RunAsync(string who, params string[] words) => Terminal.RunAsync(
        [.. words, "--data", File(who), "--password-file", File("password"), "--json"]);

    /// <summary>Runs a command in somebody's folder, as a client of the swarm.</summary>
    internal Task<Terminal.Outcome> JoinedAsync(string who, params string[] words) =>
        RunAsync(who, [.. words, "--join", Join]);

    /// <summary>Alice encrypts a text under a label.</summary>
    internal async Task<string> EncryptAsync(string label, string text)
    {
        await System.IO.File.WriteAllTextAsync(File($"{label}.txt"), text);
        var outcome = await RunAsync(
            "alice", "encrypt", File($"{label}.txt"), "-o", File($"{label}.kit"), "--label", label);
        Assert.Equal(ExitCode.Success, outcome.Code);
        return File($"{label}.kit");
    }

    /// <summary>Alice grants a label to Bob, 2 of 3.</summary>
    internal async Task GrantAsync(string label, string duration)
    {
        var outcome = await JoinedAsync(
            "alice", "grant", "--label", label, "--bob", Bob, "-m", "2", "-n", "3", "--for", duration);
        Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
    }

    private async Task FoundAsync(DemoNode node)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var find = new FindService(node.Identity.Id);
        foreach (var other in _nodes.Where(n => n != node))
        {
            while ((await other.Running.Actors.Scout.Ask<ServiceFound>(find, null, limit.Token)).Target is null)
                limit.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<string> InitAsync(string name, string card)
    {
        var outcome = await RunAsync(name, "init", "--set", "nucypher.keystore.scrypt-log-rounds=10");
        return outcome.Json.GetProperty(card).GetString()!;
    }
}
