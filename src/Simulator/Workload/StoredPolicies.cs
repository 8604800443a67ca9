using System.Security.Cryptography;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Simulator;

/// <summary>Policies that are on disks before their nodes start, and that all end within a minute.</summary>
internal sealed class StoredPolicies(RunContext run)
{
    private const string InTime = "a kfrag is gone a minute after its policy's end";
    private static readonly TimeSpan Storm = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TimeToDelete = TimeSpan.FromSeconds(60);

    private readonly Random _random = run.World.Seed.Derive("stored policies").NewRandom();
    private readonly SortedDictionary<DateTimeOffset, List<(SimulatedDisk Disk, string Id)>> _ends = [];

    /// <summary>Writes them to the disks, unless it is stopped.</summary>
    public void Store(CancellationToken stop)
    {
        var firstEnd = run.World.Time.GetUtcNow() + run.LoadStart + run.Scenario.Policies.StoredEndAt;
        for (var i = 0; i < run.Scenario.Policies.Stored && !stop.IsCancellationRequested; i++)
            Store(i, run.Nodes[i % run.Nodes.Count], firstEnd + new TimeSpan(_random.NextInt64(Storm.Ticks)));
    }

    /// <summary>Looks each second of the storm whether what ended a minute ago is gone.</summary>
    public async Task WatchAsync()
    {
        while (_ends.Count > 0)
        {
            var (end, policies) = _ends.First();
            await run.Inquirer.Delay(end + TimeToDelete - run.World.Time.GetUtcNow());
            foreach (var (disk, id) in policies)
                Check(disk, id);
            _ends.Remove(end);
        }
    }

    private void Store(int number, SimulatedNode node, DateTimeOffset end)
    {
        var policy = new PolicyId(Digest.Read(SHA256.HashData(BitConverter.GetBytes(number))));
        var id = PolicyActor.PersistenceIdOf(node.Id, policy);
        var start = run.World.Time.GetUtcNow() - TimeSpan.FromDays(1);
        var keyFrag = new byte[ProxyKeys.StoredSize];
        _random.NextBytes(keyFrag);
        var deposited = new KeyFragDeposited(
            default, default, new PolicyVersion(start), new Validity(start, end), node.Identity.VerifyingKey,
            node.Identity.EncryptingKey, default, keyFrag);
        node.Machine.Disk.Durable.Append(id, [new StoredEvent(1, deposited.Manifest, deposited.ToBytes())]);
        var second = new DateTimeOffset(
            (end.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond, TimeSpan.Zero);
        if (!_ends.TryGetValue(second, out var policies))
            _ends[second] = policies = [];
        policies.Add((node.Machine.Disk, id));
    }

    private void Check(SimulatedDisk disk, string id)
    {
        var isHeld = disk.Durable.Read(id).Events.Any(stored => stored.SequenceNr == 1);
        run.Tally.Add(isHeld ? "kfrags still there" : "kfrags gone in time");
        if (isHeld)
            run.Report(InTime, id);
    }
}
