using System.Diagnostics;
using System.Text.Json;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>
/// A node whose machine fails: each fault shows in the right field of /health/ready within ten seconds, and its end
/// too; no restart is needed, and nothing that was acknowledged is lost. The node's disk is a tmpfs of its own, clock
/// and writes go through faults.c.
/// </summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private const string Day = "86400";

    private readonly TemporaryFolder _folder = new();
    private NodeFolder? _peer;
    private NodeFolder? _node;
    private string _alice = "";
    private string _bob = "";
    private string _kit = "";

    private string Disk => _folder.File("disk");

    private NodeFolder Node => _node!; // set before each test

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/gcc"),
            "needs Linux, root and gcc");
        var source = Path.Combine(AppContext.BaseDirectory, "faults.c");
        await ShellAsync($"gcc -shared -fPIC -O1 -o {_folder.File("faults.so")} {source} -ldl");
        await ShellAsync($"mkdir {Disk} && mount -t tmpfs -o size=3m,mode=700 tmpfs {Disk}");
        await FaultAsync("0 0 0");
        _peer = await NodeFolder.CreateAsync(_folder, "peer");
        await _peer.StartAsync();
        _node = await NodeFolder.CreateAsync(_folder, Path.Combine("disk", "node"));
        await _node.StartWithAsync(
            [$"LD_PRELOAD={_folder.File("faults.so")}", $"FAULTS={_folder.File("faults")}"],
            "--join", _peer.Udp, "--set", "nucypher.health.min-free-mebibytes=1");
        await PrepareAsync();
        await Node.HealthWhenAsync(checks => HealthFields.All(name => StatusOf(checks, name) == "Healthy"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        if (_peer is not null)
            await _peer.DisposeAsync();
        if (Directory.Exists(Disk))
            await ShellAsync($"umount -l {Disk}");
        _folder.Dispose();
    }

    private static string[] HealthFields { get; } = ["journal", "disk", "clock", "swarm", "record", "reachable"];

    [Fact, Trait("Category", "Long"), Trait("Row", "NW-15")]
    public async Task FullDisk_RefusesWhatNeedsAWriteServesTheRestAndGoesOnWithRoom()
    {
        var soon = await GrantAsync("soon", "20s");
        await ShellAsync($"head -c 9000000 /dev/zero > {Disk}/fill; true");
        await TurnsAsync("disk", "Unhealthy");
        await TurnsAsync("journal", "Unhealthy");
        var refused = await GrantAsync("y", "1h");
        var served = await RetrieveAsync("served");
        await ShellAsync($"rm {Disk}/fill");
        await TurnsAsync("disk", "Healthy");
        await TurnsAsync("journal", "Healthy");
        var granted = await GrantAsync("z", "1h");
        var revoked = await JoinedAsync("alice", "revoke", "--label", "x", "--bob", _bob, "--deadline", "12s");
        var after = await RetrieveAsync("after");
        // Only z: x is revoked, and the time of soon is over.
        await Node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 1);

        Assert.True(soon.Code == ExitCode.Success, soon.Error);
        Assert.Contains("CannotStore", refused.Output, StringComparison.Ordinal);
        Assert.True(served.Code == ExitCode.Success, served.Error);
        Assert.True(granted.Code == ExitCode.Success, granted.Error);
        Assert.True(revoked.Code == ExitCode.Success, revoked.Error);
        Assert.NotEqual(ExitCode.Success, after.Code);
        Assert.Equal(0, (await Node.Process.TerminateAsync()).ExitCode);
    }

    [Theory, Trait("Category", "Long"), Trait("Row", "NW-15")]
    [InlineData("0 1 0", "journal"), InlineData("0 0 3", "journal"), InlineData($"{Day} 0 0", "clock"),
        InlineData($"-{Day} 0 0", "clock")]
    public async Task ReadOnlyOrSlowDiskOrClockADayOff_ShowsAndPasses(string fault, string field)
    {
        await FaultAsync(fault);
        await TurnsAsync(field, "Unhealthy");
        await FaultAsync("0 0 0");
        await TurnsAsync(field, "Healthy");

        var served = await RetrieveAsync("served");
        var granted = await GrantAsync("z", "1h");

        Assert.True(served.Code == ExitCode.Success, served.Error);
        Assert.True(granted.Code == ExitCode.Success, granted.Error);
    }

    [Theory, Trait("Category", "Long"), Trait("Row", "NW-15")]
    [InlineData("journal/journal.db*"), InlineData("journal/journal.db"), InlineData("journal")]
    public async Task FilesDeletedUnderIt_ShowsAndNothingIsLost(string what)
    {
        var before = await GrantAsync("before", "1h");
        await ShellAsync($"rm -r {Disk}/node/{what}");
        await TurnsAsync("journal", "Unhealthy");
        await TurnsAsync("journal", "Healthy");
        var after = await GrantAsync("after", "1h");
        await Node.Process.KillAsync();
        await Node.StartAsync("--join", _peer!.Udp);
        var status = await Node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 3);
        var served = await RetrieveAsync("served");

        Assert.Equal((ExitCode.Success, ExitCode.Success), (before.Code, after.Code));
        Assert.Equal(3, status.GetProperty("policiesHeld").GetInt32());
        Assert.True(served.Code == ExitCode.Success, served.Error);
    }

    [Theory, Trait("Category", "Long"), Trait("Row", "NW-15")]
    [InlineData("journal/journal.db"), InlineData("journal/journal.db-wal"), InlineData("journal")]
    public async Task PipeInPlaceOfAFile_ShowsAndNothingHangsOrIsLost(string what)
    {
        await ShellAsync($"rm -r {Disk}/node/{what} && mkfifo {Disk}/node/{what}");
        await TurnsAsync("journal", "Unhealthy");
        await Node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 1);
        await ShellAsync($"rm {Disk}/node/{what}");
        await TurnsAsync("journal", "Healthy");
        var after = await GrantAsync("after", "1h");
        await Node.Process.KillAsync();
        await Node.StartAsync("--join", _peer!.Udp);
        await Node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 2);
        var served = await RetrieveAsync("served");

        Assert.True(after.Code == ExitCode.Success, after.Error);
        Assert.True(served.Code == ExitCode.Success, served.Error);
    }

    [Fact, Trait("Category", "Long"), Trait("Row", "NW-15")]
    public async Task NetworkAway_ShowsAndPasses()
    {
        await ShellAsync($"kill -STOP {_peer!.Process.Id}");
        await TurnsAsync("swarm", "Unhealthy");
        await ShellAsync($"kill -CONT {_peer.Process.Id}");
        await TurnsAsync("swarm", "Healthy");

        var served = await RetrieveAsync("served");

        Assert.True(served.Code == ExitCode.Success, served.Error);
    }

    [Fact, Trait("Category", "Long"), Trait("Row", "NW-15")]
    public async Task CopyOfTheIdentity_ShowsAndTheOriginalIsFoundAgain()
    {
        await ShellAsync($"cp -r {Disk}/node {_folder.File("copy")}");
        var copy = await StartCopyAsync();
        await TurnsAsync("record", "Unhealthy");
        await copy.KillAsync();
        await copy.DisposeAsync();
        await TurnsAsync("record", "Healthy");

        var served = await RetrieveAsync("served");

        Assert.True(served.Code == ExitCode.Success, served.Error);
    }

    [Fact, Trait("Category", "Long"), Trait("Row", "NW-15")]
    public async Task AlicesClockADayAhead_BindsNothingAndIsNamed()
    {
        await FaultAsync($"{Day} 0 0");
        await TurnsAsync("clock", "Unhealthy");
        string[] faults = [$"LD_PRELOAD={_folder.File("faults.so")}", $"FAULTS={_folder.File("faults")}"];
        await using var revoke = NodeProcess.Start(faults, Revoke);
        var code = (ExitCode)await revoke.WaitForExitAsync();
        await revoke.ReadAsync("this machine's clock is .* ahead of the swarm's");
        await FaultAsync("0 0 0");
        await TurnsAsync("clock", "Healthy");

        var revoked = await Terminal.RunAsync(Revoke);
        var granted = await GrantAsync("x", "1h");

        Assert.Equal(ExitCode.TooFewUrsulas, code);
        Assert.True(revoked.Code == ExitCode.Success, revoked.Error);
        Assert.True(granted.Code == ExitCode.Success, granted.Error);
    }

    private string[] Revoke =>
    [
        "revoke", "--label", "x", "--bob", _bob, "--deadline", "5s", "--join", _peer!.Udp, "--data",
        _folder.File("alice"), "--password-file", _folder.File("password"),
    ];

    private async Task<NodeProcess> StartCopyAsync()
    {
        var copy = NodeProcess.Start(
            "run", "--data", _folder.File("copy"), "--password-file", _folder.File("password"), "--udp", "127.0.0.1:0",
            "--https", "127.0.0.1:0", "--join", _peer!.Udp);
        await copy.ReadAsync(@"joined the swarm");
        return copy;
    }

    private async Task PrepareAsync()
    {
        _alice = (await InitAsync("alice")).Json.GetProperty("aliceCard").GetString()!;
        _bob = (await InitAsync("bob")).Json.GetProperty("bobCard").GetString()!;
        await File.WriteAllTextAsync(_folder.File("text"), "secret");
        _kit = _folder.File("kit");
        await RunAsync("alice", "encrypt", _folder.File("text"), "-o", _kit, "--label", "x");
        await NodeFolder.MeetAsync([_peer!, Node]);
        var granted = await GrantAsync("x", "1h");
        Assert.True(granted.Code == ExitCode.Success, granted.Error);
    }

    private async Task TurnsAsync(string field, string status)
    {
        var began = Stopwatch.GetTimestamp();
        await Node.HealthWhenAsync(checks => StatusOf(checks, field) == status);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Soon);
    }

    private static string? StatusOf(JsonElement checks, string field) =>
        checks.GetProperty(field).GetProperty("status").GetString();

    // Two of two: the node under test is always one of them.
    private Task<Terminal.Outcome> GrantAsync(string label, string time) => JoinedAsync(
        "alice", "grant", "--label", label, "--bob", _bob, "-m", "2", "-n", "2", "--for", time, "--deadline", "12s");

    private Task<Terminal.Outcome> RetrieveAsync(string output) => JoinedAsync(
        "bob", "retrieve", _kit, "-o", _folder.File(output), "--alice", _alice, "--label", "x", "--deadline", "12s");

    private Task<Terminal.Outcome> InitAsync(string name) =>
        RunAsync(name, "init", "--set", "nucypher.keystore.scrypt-log-rounds=10");

    private Task<Terminal.Outcome> JoinedAsync(string who, params string[] words) =>
        RunAsync(who, [.. words, "--join", _peer!.Udp]);

    private Task<Terminal.Outcome> RunAsync(string who, params string[] words) => Terminal.RunAsync(
        [.. words, "--data", _folder.File(who), "--password-file", _folder.File("password"), "--json"]);

    private async Task FaultAsync(string words)
    {
        await File.WriteAllTextAsync(_folder.File("faults.new"), words);
        File.Move(_folder.File("faults.new"), _folder.File("faults"), overwrite: true);
    }

    private static async Task ShellAsync(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }
}
