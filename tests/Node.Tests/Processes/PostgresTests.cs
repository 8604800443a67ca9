using System.Text.Json;
using NuCypher.P2P.Actors.Tests.Journal.Contract;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Real nodes and an Alice whose journals are in a real PostgreSQL server.</summary>
public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Key = "nucypher.journal.postgresql";

    [Fact, Trait("Category", "Long"), Trait("Row", "NW-15")]
    public async Task Grant_JournalsOnAServer_AreThereAfterAKillAndOneProcessHasThem()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        using var folder = new TemporaryFolder();
        var (ursulas, alices) = (await SettingAsync(), await SettingAsync());
        await using var peer = await NodeFolder.CreateAsync(folder, "peer"); // keeps records, and no policies
        await peer.StartAsync("--set", "nucypher.ursula.max-policies=0");
        await using var node = await NodeFolder.CreateAsync(folder, "node");
        Directory.Delete(folder.File("node/journal"), recursive: true);
        var lost = await RunAsync(folder, "node", "policies", "--set", ursulas);
        await RunAsync(folder, "node", "init", "--new-journal", "--set", ursulas);
        await node.StartAsync("--set", ursulas, "--join", peer.Udp);
        var alice = (await InitAsync(folder, "alice", "--set", alices)).Json.GetProperty("aliceCard").GetString()!;
        var bob = (await InitAsync(folder, "bob")).Json.GetProperty("bobCard").GetString()!;
        await File.WriteAllTextAsync(folder.File("text"), "secret");
        await RunAsync(folder, "alice", "encrypt", folder.File("text"), "-o", folder.File("kit"), "--label", "x");
        var checks = await node.HealthWhenAsync(checks => StatusOf(checks, "journal") == "Healthy");
        await NodeFolder.MeetAsync([peer, node]);

        var granted = await RunAsync(folder, "alice", "grant", "--label", "x", "--bob", bob, "-m", "1", "-n", "1",
            "--for", "1h", "--join", peer.Udp, "--set", alices);
        Assert.True(granted.Code == ExitCode.Success, granted.Error);
        await node.Process.KillAsync();
        await node.StartAsync("--set", ursulas, "--join", peer.Udp);
        await node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 1);
        var served = await RunAsync(folder, "bob", "retrieve", folder.File("kit"), "-o", folder.File("out"), "--alice",
            alice, "--label", "x", "--join", peer.Udp);
        var listed = await RunAsync(folder, "alice", "policies", "--set", alices);
        var second = await RunAsync(folder, "node", "policies", "--set", ursulas);
        var backup = await RunAsync(folder, "alice", "backup", "-o", folder.File("backup"), "--set", alices);

        Assert.Equal(ExitCode.Storage, lost.Code);
        Assert.Equal("not used", checks.GetProperty("disk").GetProperty("words").GetString());
        Assert.True(served.Code == ExitCode.Success, served.Error);
        Assert.Contains("\"x\"", listed.Output, StringComparison.Ordinal);
        Assert.Contains("in use by another process", second.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, backup.Code);
        Assert.False(Directory.Exists(folder.File("node/journal")));
        Assert.Equal(0, (await node.Process.TerminateAsync()).ExitCode);
    }

    private static string? StatusOf(JsonElement checks, string field) =>
        checks.GetProperty(field).GetProperty("status").GetString();

    private async Task<string> SettingAsync() => $"{Key}={await server.NewSchemaAsync()}";

    private static Task<Terminal.Outcome> InitAsync(TemporaryFolder folder, string name, params string[] more) =>
        RunAsync(folder, name, ["init", "--set", "nucypher.keystore.scrypt-log-rounds=10", .. more]);

    private static Task<Terminal.Outcome> RunAsync(TemporaryFolder folder, string who, params string[] words) =>
        Terminal.RunAsync(
            [.. words, "--data", folder.File(who), "--password-file", folder.File("password"), "--json"]);
}
