using Microsoft.Data.Sqlite;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Node.Tests.Https;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>What an Ursula's process leaves of kfrags whose time is over, while it runs.</summary>
public sealed class ForgettingTests
{
    private const int Policies = 20;

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private static readonly string[] Settings =
    [
        .. DepositLoad.NoRateLimit, "--set", "nucypher.ursula.clock.start-doubt=0s",
        "--set", "nucypher.ursula-actor.idle-time=1s", "--set", "nucypher.ursula-actor.end-batch=7",
        "--set", "nucypher.log.format=json", "--set", "akka.loglevel=DEBUG",
    ];

    [Fact, Trait("Category", "Long")]
    [Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public async Task Expire_OnARunningNode_LeavesNoByteOfAKeyFragInAnyFileAfterAMinute()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("tmp"));
        await using var node = await NodeFolder.CreateAsync(folder, "ursula");
        await node.StartWithAsync([$"TMPDIR={folder.File("tmp")}"], Settings);
        var target = await node.TargetAsync();
        var end = TimeProvider.System.GetUtcNow().AddSeconds(20);
        var (wire, plain) = await GrantAsync(node, target, end, IdentityOf(folder.File("ursula")));
        var sealedAtRest = SealedIn(Path.Combine(folder.File("ursula"), "journal", "journal.db"));
        var before = Found(node, folder, [.. sealedAtRest]);

        await node.StatusWhenAsync(status => status.GetProperty("policiesHeld").GetInt32() == 0);
        var left = Found(node, folder, [.. sealedAtRest, .. wire, .. plain]);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (left.Count > 0 && TimeProvider.System.GetUtcNow() < end + Minute)
        {
            await timer.WaitForNextTickAsync();
            left = Found(node, folder, [.. sealedAtRest, .. wire, .. plain]);
        }

        Assert.Equal(2 * Policies, sealedAtRest.Count); // arrangement and deposit
        Assert.NotEmpty(before);
        Assert.Empty(left);
    }

    private static Identity IdentityOf(string path)
    {
        Assert.True(Password.TryRead("correct horse battery", out var password, out _));
        using var __ = password;
        return IdentityStore.Open(new DataFolder(path), password);
    }

    private static async Task<(List<byte[]> Wire, List<byte[]> Plain)> GrantAsync(
        NodeFolder node, ServiceTarget target, DateTimeOffset end, Identity ursula)
    {
        var (wire, plain) = (new List<byte[]>(), new List<byte[]>());
        for (var i = 0; i < Policies; i++)
        {
            using var alice = new PostingAlice { End = end };
            await alice.GrantAsync(target, async (kind, body) =>
            {
                var (status, reply) = await node.PostForAsync(ServiceRoute.Of(kind).Path, body);
                return new(ServiceRoute.StatusOf((int)status), reply);
            });
            wire.Add(alice.SealedKeyFrag);
            plain.Add(alice.KeyFragFor(ursula)[73..105]); // the secret scalar
        }

        ursula.Dispose();
        return (wire, plain);
    }

    private static List<byte[]> SealedIn(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select message from journal where deleted = 0";
        using var rows = command.ExecuteReader();
        var found = new List<byte[]>();
        while (rows.Read())
            found.Add((byte[])rows[0]);
        return found;
    }

    /// <summary>
    /// The files with one of these: of the folder, of temporary ones, those that the process has open though they are
    /// deleted, and what it said.
    /// </summary>
    private static List<string> Found(NodeFolder node, TemporaryFolder folder, byte[][] needles)
    {
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Concat(OpenFiles(node.Process.Id));
        var found = files.Where(file => Holds(Read(file), needles)).ToList();
        if (needles.Any(needle => node.Process.Transcript.Contains(
            Convert.ToHexString(needle.AsSpan(0, Math.Min(32, needle.Length))), StringComparison.OrdinalIgnoreCase)))
            found.Add("what it said");
        return found;
    }

    private static IEnumerable<string> OpenFiles(int process) => OperatingSystem.IsLinux()
        ? Directory.GetFiles($"/proc/{process}/fd").Where(link =>
            new FileInfo(link).LinkTarget?.EndsWith(" (deleted)", StringComparison.Ordinal) == true)
        : [];

    // Pieces of 32 bytes: a sealed event may lie on two pages of a database.
    private static bool Holds(byte[] bytes, byte[][] needles) =>
        needles.Any(needle => needle.Chunk(32).Any(piece => piece.Length == 32 && bytes.AsSpan().IndexOf(piece) >= 0));

    private static byte[] Read(string path)
    {
        try
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return []; // gone meanwhile, or no file of bytes
        }
    }
}
