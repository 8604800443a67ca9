using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Benchmarks.Policies;

/// <summary>What Alice granted, read back from her journal by another process.</summary>
/// <remarks><c>dotnet run -c Release --project bench/Benchmarks -- grants 10000</c></remarks>
internal static class GrantListing
{
    private const int Ursulas = 5;
    private const int Bobs = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly OperatingSystemRandom Random = new();

    public static async Task Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("grants-").FullName;
        var seed = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        using (var alice = IdentityOf(seed))
        {
            BobCard[] bobs = [.. Enumerable.Range(0, Bobs).Select(_ => Identity.Random(Random).BobCard)];
            StoredEvent[] events =
                [.. Enumerable.Range(0, count).Select(i => Event(alice, bobs[i % Bobs], i))];
            JournalCopy.Write(folder, alice, [new StoredHistory($"alice-{alice.Id}", events)]);
        }

        using var reader = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["grants-read", folder])
        {
            RedirectStandardInput = true,
        })!;
        await reader.StandardInput.WriteLineAsync(Convert.ToHexString(seed));
        await reader.WaitForExitAsync();
        Console.WriteLine($"  database {Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length) >> 20} MB");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The other process, which then does it again while it is warm.</summary>
    public static async Task Read(string folder)
    {
        using var alice = IdentityOf(Convert.FromHexString(Console.ReadLine()!));
        foreach (var round in (string[])["first", "second", "third"])
            await ListAsync(folder, alice, round);
        foreach (var round in (string[])["Alice's start, first", "second", "third"])
            await StartAsync(folder, alice, round);
    }

    // As a session makes it, but for the map: a signed record of another kind stands for it.
    private static StoredEvent Event(Identity alice, BobCard bob, int number)
    {
        var label = PolicyLabel.Parse(string.Create(CultureInfo.InvariantCulture, $"label {number}"));
        var (now, version, hrac) = (DateTimeOffset.UtcNow, new PolicyVersion(1), alice.HracFor(bob, label));
        KeyFragHolder[] holders = [.. Enumerable.Range(0, Ursulas).Select(i => new KeyFragHolder(Id(i), i, true))];
        var map = MapWithdrawal.ToRecord(alice.Signer, hrac, version, now.AddDays(30), Random);
        var made = new GrantMade(new Grant(
            label, bob, hrac, version, version, 3, Ursulas, new Validity(now, now.AddDays(30)), alice.PolicyKey(label),
            holders, map.Bytes, IsRevoking: false, [], now.AddDays(30), []));
        return new StoredEvent(number + 1, made.Manifest, made.ToBytes());
    }

    private static NodeId Id(int number) =>
        NodeId.TryRead([.. Enumerable.Repeat((byte)number, NodeId.Size)], out var id) ? id : default;

    private static Identity IdentityOf(byte[] seed) => Identity.TryRead(seed, out var identity)
        ? identity
        : throw new InvalidOperationException("No identity has this seed.");

    // As the command policies does it.
    private static async Task ListAsync(string folder, Identity alice, string round)
    {
        var began = Stopwatch.GetTimestamp();
        using var journal = NodeJournal.Open(folder, alice);
        var opened = Stopwatch.GetElapsedTime(began);
        var grants = await GrantBook.ReadAsync(journal, alice, Grants.DefaultMaxGrants);
        var all = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{round}: {grants.Count} grants listed in {all.TotalMilliseconds:F0} ms: journal opened and checked "
            + $"{opened.TotalMilliseconds:F0}, read {(all - opened).TotalMilliseconds:F0}"));
    }

    private static async Task StartAsync(string folder, Identity alice, string round)
    {
        var began = Stopwatch.GetTimestamp();
        using var journal = NodeJournal.Open(folder, alice);
        var opened = Stopwatch.GetElapsedTime(began);
        var system = JournalBench.SystemOf(journal);
        var started = Stopwatch.GetElapsedTime(began);
        var nobody = new SessionPeers(system.DeadLetters, system.DeadLetters, system.DeadLetters);
        var actor = system.ActorOf(ActorProps.Of(() => new AliceActor(alice, new AliceOptions(), Random, nobody)));
        var listed = await actor.Ask<GrantsListed>(new ListGrants(), Limit);
        var all = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{round}: {listed.Grants.Count} grants in {all.TotalMilliseconds:F0} ms: journal opened and checked "
            + $"{opened.TotalMilliseconds:F0}, actors started {(started - opened).TotalMilliseconds:F0}, read back "
            + $"{(all - started).TotalMilliseconds:F0}"));
        await system.Terminate();
    }
}
