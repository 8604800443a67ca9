using Microsoft.AspNetCore.Http;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Node.Tests.Facts;

namespace NuCypher.P2P.Node.Tests.Processes;

public sealed class ConditionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeFolder> _nodes = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact, Trait("Category", "Long")]
    [Trait("Row", "PO-04")]
    public async Task Retrieve_WhatAHostMustSayFirst_IsReadOnceItSaysSo()
    {
        await using var host = await FactHost.StartAsync();
        var paid = "false";
        host.Answer = context => context.Response.WriteAsync($$"""{"orders":[{"paid":{{paid}}}]}""");
        await File.WriteAllTextAsync(_folder.File("host.pem"), host.Pem);
        foreach (var name in new[] { "one", "two" })
            await StartAsync(name);
        await NodeFolder.MeetAsync(_nodes);
        var (alice, bob) = (await InitAsync("alice", "aliceCard"), await InitAsync("bob", "bobCard"));
        await File.WriteAllTextAsync(_folder.File("film"), "once it is paid");
        await RunAsync("alice", "encrypt", _folder.File("film"), "-o", _folder.File("film.kit"), "--label", "film");

        var granted = await GrantAsync("film", $"{host.Url("shop.json")} /orders/0/paid = true");
        var elsewhere = await GrantAsync("other", "https://example.org/ /paid = true", "--deadline", "5s");
        var unpaid = await RetrieveAsync();
        paid = "true";
        var read = await RetrieveAsync();

        Assert.True(granted.Code == ExitCode.Success, granted.Error);
        Assert.Equal(ExitCode.TooFewUrsulas, elsewhere.Code);
        Assert.Contains("fact-hosts", elsewhere.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, unpaid.Code);
        Assert.Contains("condition does not hold", unpaid.Error, StringComparison.Ordinal);
        Assert.True(read.Code == ExitCode.Success, read.Error);
        Assert.Equal("once it is paid", await File.ReadAllTextAsync(_folder.File("film.back")));

        Task<Terminal.Outcome> GrantAsync(string label, string fact, params string[] more) => RunAsync(
            "alice",
            [
                "grant", "--label", label, "--bob", bob, "-m", "1", "-n", "1", "--if", fact, "--join", _nodes[0].Udp,
                .. more,
            ]);
        Task<Terminal.Outcome> RetrieveAsync() => RunAsync(
            "bob", "retrieve", _folder.File("film.kit"), "-o", _folder.File("film.back"), "--alice", alice, "--label",
            "film", "--join", _nodes[0].Udp);
    }

    private async Task StartAsync(string name)
    {
        var node = await NodeFolder.CreateAsync(_folder, name);
        string[] join = _nodes.Count == 0 ? [] : ["--join", _nodes[0].Udp];
        _nodes.Add(node);
        await node.StartWithAsync(
            [$"SSL_CERT_FILE={_folder.File("host.pem")}"],
            [
                .. join, "--set", "nucypher.ursula.fact-hosts=[\"localhost\"]",
                "--set", "nucypher.facts.allow-private=on", "--set", "nucypher.facts.cache-time=0ms",
            ]);
    }

    private async Task<string> InitAsync(string name, string card) =>
        (await RunAsync(name, "init", "--json")).Json.GetProperty(card).GetString()!;

    private Task<Terminal.Outcome> RunAsync(string who, params string[] words) => Terminal.RunAsync(
        [.. words, "--data", _folder.File(who), "--password-file", _folder.File("password")]);
}
