using System.Text.Json;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Copies of a node's folder, and what is served after they were put back.</summary>
[Trait("Category", "Long")]
public sealed class BackupTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeFolder _node = null!;
    private NodeFolder _peer = null!;
    private string _alice = "";
    private string _kit = "";

    public async ValueTask InitializeAsync()
    {
        _peer = await NodeFolder.CreateAsync(_folder, "peer"); // keeps records, and no policies
        await _peer.StartAsync("--set", "nucypher.ursula.max-policies=0");
        _node = await NodeFolder.CreateAsync(_folder, "node");
        await _node.StartAsync("--join", _peer.Udp);
        _alice = (await InitAsync("alice")).Json.GetProperty("aliceCard").GetString()!;
        var bob = (await InitAsync("bob")).Json.GetProperty("bobCard").GetString()!;
        await File.WriteAllTextAsync(_folder.File("text"), "secret");
        _kit = _folder.File("kit");
        await RunAsync("alice", "encrypt", _folder.File("text"), "-o", _kit, "--label", "x");
        await NodeFolder.MeetAsync([_peer, _node]);
        var grant = await JoinedAsync("alice", "grant", "--label", "x", "--bob", bob, "-m", "1", "-n", "1", "--for",
            "1h");
        Assert.True(grant.Code == ExitCode.Success, grant.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _peer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Row", "KM-10")]
    public async Task Restore_OfABackupMadeWhileTheNodeRan_HasItsIdentityAndNoKeyFragments()
    {
        var backup = await RunAsync("node", "backup", "-o", _folder.File("backup"));
        var alices = await RunAsync("alice", "backup", "-o", _folder.File("alices"));
        var restored = await RunAsync("again", "restore", _folder.File("backup"));
        await RunAsync("alice-again", "restore", _folder.File("alices"));
        var policies = await RunAsync("alice-again", "policies");

        Assert.Equal(1, backup.Json.GetProperty("policiesLeftOut").GetInt32());
        Assert.Equal((0, ExitCode.Success), (alices.Json.GetProperty("policiesLeftOut").GetInt32(), alices.Code));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("backup")));
        Assert.Contains("\"x\"", policies.Output, StringComparison.Ordinal);
        await using var again = await ReplaceAsync("again");
        var status = await again.StatusWhenAsync(_ => true);
        Assert.Equal(restored.Json.GetProperty("nodeId").GetString(), status.GetProperty("nodeId").GetString());
        Assert.Equal(0, status.GetProperty("policiesHeld").GetInt32());
    }

    [Fact]
    [Trait("Row", "KM-10")]
    public async Task Restore_WrongPasswordOrChangedFile_LeavesNothing()
    {
        await RunAsync("node", "backup", "-o", _folder.File("backup"));
        await File.WriteAllTextAsync(_folder.File("other"), "incorrect horse battery");
        var bytes = await File.ReadAllBytesAsync(_folder.File("backup"));
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(_folder.File("changed"), bytes);
        await File.WriteAllBytesAsync(_folder.File("short"), bytes[..^20]);

        var wrong = await Terminal.RunAsync(
            "restore", _folder.File("backup"), "--data", _folder.File("again"), "--password-file",
            _folder.File("other"));
        var changed = await RunAsync("again", "restore", _folder.File("changed"));
        var cut = await RunAsync("again", "restore", _folder.File("short"));
        var taken = await RunAsync("node", "restore", _folder.File("backup"));

        Assert.Equal((ExitCode.Password, ExitCode.BadInput), (wrong.Code, changed.Code));
        Assert.Equal((ExitCode.BadInput, ExitCode.Storage), (cut.Code, taken.Code));
        Assert.False(Directory.Exists(_folder.File("again")));
    }

    [Theory, InlineData(false), InlineData(true)]
    [Trait("Row", "KM-10"), Trait("Row", "PO-02")]
    public async Task Run_OnAnOlderStateAfterARevocation_DoesNotServeIt(bool byBackup)
    {
        if (byBackup)
        {
            await RunAsync("node", "backup", "-o", _folder.File("backup"), "--with-kfrags");
            await RunAsync("again", "restore", _folder.File("backup"));
        }
        else
        {
            await _node.Process.TerminateAsync();
            CopyFolder(_folder.File("node"), _folder.File("again"));
            await _node.StartAsync("--join", _peer.Udp);
            await HoldsOneAsync(_node);
        }
        var before = await RetrieveAsync("before");
        var revoked = await JoinedAsync("alice", "revoke", "--label", "x", "--bob", await BobAsync());

        await using var again = await ReplaceAsync("again");
        await HoldsOneAsync(again);
        var after = await RetrieveAsync("after");

        Assert.True(before.Code == ExitCode.Success, before.Error);
        Assert.True(revoked.Code == ExitCode.Success, revoked.Error);
        Assert.NotEqual(ExitCode.Success, after.Code);
    }

    [Fact]
    [Trait("Row", "KM-10")]
    public async Task Run_OnAFolderThatWasMoved_ServesOnceTheOperatorSaysSo()
    {
        await _node.Process.TerminateAsync();
        CopyFolder(_folder.File("node"), _folder.File("again"));

        await using var again = await ReplaceAsync("again", "--moved");
        await HoldsOneAsync(again);
        var moved = await RetrieveAsync("moved");
        await again.Process.TerminateAsync();
        await again.StartAsync("--join", _peer.Udp);
        await HoldsOneAsync(again);
        var later = await RetrieveAsync("later");

        Assert.True(moved.Code == ExitCode.Success, moved.Error);
        Assert.True(later.Code == ExitCode.Success, later.Error);
    }

    [Fact]
    [Trait("Row", "KM-10"), Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public async Task Run_WithoutTheNoteWhichFileTheJournalIs_ServesNothingUntilTheOperatorSaysSo()
    {
        await _node.Process.TerminateAsync();
        File.Delete(Path.Combine(_folder.File("node"), "journal", "instance"));

        await _node.StartAsync("--join", _peer.Udp);
        await _node.Process.ReadAsync("start the node once with --moved");
        var doubted = await RetrieveAsync("doubted");
        await _node.Process.TerminateAsync();
        await _node.StartAsync("--moved", "--join", _peer.Udp);
        await HoldsOneAsync(_node);
        var served = await RetrieveAsync("served");

        Assert.NotEqual(ExitCode.Success, doubted.Code);
        Assert.True(served.Code == ExitCode.Success, served.Error);
    }

    // Read back from the journal, and so able to tell an old request from a new one.
    private static Task<JsonElement> HoldsOneAsync(NodeFolder node) =>
        node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 1);

    private async Task<NodeFolder> ReplaceAsync(string name, params string[] more)
    {
        await _node.Process.TerminateAsync();
        var other = _node.At(_folder.File(name));
        await other.StartAsync([.. more, "--join", _peer.Udp]);
        return other;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal), File.GetUnixFileMode(folder));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
    }

    private async Task<string> BobAsync() =>
        (await RunAsync("alice", "policies")).Json.GetProperty("policies")[0].GetProperty("bob").GetString()!;

    private Task<Terminal.Outcome> InitAsync(string name) =>
        RunAsync(name, "init", "--set", "nucypher.keystore.scrypt-log-rounds=10");

    private Task<Terminal.Outcome> RetrieveAsync(string output) => JoinedAsync(
        "bob", "retrieve", _kit, "-o", _folder.File(output), "--alice", _alice, "--label", "x", "--deadline", "10s");

    private Task<Terminal.Outcome> JoinedAsync(string who, params string[] words) =>
        RunAsync(who, [.. words, "--join", _peer.Udp]);

    private Task<Terminal.Outcome> RunAsync(string who, params string[] words) => Terminal.RunAsync(
        [.. words, "--data", _folder.File(who), "--password-file", _folder.File("password"), "--json"]);
}
