using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Mediation;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Reach;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Mediation;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>Looks at every side of a node: by writing, by asking its actors, by what others testified.</summary>
internal sealed class HealthProbes(RunningNode node, NodeStart start)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreshPresence = TimeSpan.FromSeconds(3);
    private const long Mebibyte = 1 << 20;

    private readonly HealthOptions _options = start.Settings.Health;
    private readonly bool _hasSeeds = start.Seeds.Count > 0;
    private Task? _write;
    private long _writeBegan;

    /// <summary>One finding for each of <see cref="HealthFinding.Names"/>, in that order; never throws, ends within
    /// some seconds.</summary>
    public async Task<IReadOnlyList<HealthFinding>> RunAsync()
    {
        await node.WhenStarted;
        return await Task.WhenAll(
            JournalAsync(), Task.FromResult(Disk()), GuardedAsync("clock", ClockAsync),
            GuardedAsync("swarm", SwarmAsync),
            GuardedAsync("record", RecordAsync), GuardedAsync("reachable", ReachableAsync));
    }

    private static async Task<HealthFinding> GuardedAsync(string name, Func<Task<HealthFinding>> look)
    {
        try
        {
            return await look();
        }
        catch (AskTimeoutException)
        {
            return HealthFinding.Bad(name, "the node's actors did not answer in time");
        }
    }

    // A write that hangs is not followed by another one.
    private async Task<HealthFinding> JournalAsync()
    {
        if (_write is null || _write.IsCompleted)
            (_write, _writeBegan) = (start.Journal.ProbeAsync(), Stopwatch.GetTimestamp());
        try
        {
            await _write.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            return HealthFinding.Bad("journal",
                $"a write has not ended for {Seconds(Stopwatch.GetElapsedTime(_writeBegan))}: look at the disk");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return HealthFinding.Bad("journal", $"can't be written: {e.GetBaseException().Message}");
        }
        var took = Stopwatch.GetElapsedTime(_writeBegan);
        return took > _options.SlowWrite
            ? HealthFinding.Bad("journal", $"a write took {Seconds(took)}: look at the disk")
            : HealthFinding.Good("journal", "can be written");
    }

    private HealthFinding Disk()
    {
        if (start.Journal.Folder is not { } folder)
            return HealthFinding.Good("disk", "not used");
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var words = $"{free / Mebibyte:N0} MiB are free";
            return free < Math.Max(_options.MinFreeMebibytes * Mebibyte, Mebibyte / 4)
                ? HealthFinding.Bad("disk", $"{words}: make room")
                : HealthFinding.Good("disk", words);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HealthFinding.Bad("disk", e.Message);
        }
    }

    private async Task<HealthFinding> ClockAsync()
    {
        if (node.Actors.Ursula is { } ursula
            && (await AskAsync<UrsulaState>(ursula, new GetUrsulaState())) is { ClockDoubt: var doubt }
            && doubt > TimeSpan.Zero)
            return HealthFinding.Bad("clock", $"it jumped by {Seconds(doubt)} while the node ran: set it right");
        var reach = await ReachAsync();
        if (reach?.ClockAhead is not { } ahead)
            return HealthFinding.Good("clock", "runs steadily; nobody has told the time yet");
        var words =
            $"{Seconds(ahead.Duration())} {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} that of other nodes";
        return ahead.Duration() > _options.ClockTolerance
            ? HealthFinding.Bad("clock", $"it is {words}: compare it with a trusted one")
            : HealthFinding.Good("clock", words);
    }

    // After the look for the record: its silent requests show who is gone.
    private async Task<HealthFinding> SwarmAsync()
    {
        if (node.Actors.Presence is { } presence)
            await AskAsync<PresenceReport>(presence, new GetPresence(FreshPresence));
        var peers = await AskAsync<Peers>(node.Actors.Kademlia, new GetPeers());
        if (peers.Contacts.Count > 0)
            return HealthFinding.Good("swarm", $"{peers.Contacts.Count} nodes answer");
        return _hasSeeds || peers.Statistics.Contacts > 0
            ? HealthFinding.Bad("swarm", "nobody answers: look at the network, and at UDP in the firewall")
            : HealthFinding.Open("swarm", "the node knows nobody yet, and was given nobody to join");
    }

    private async Task<HealthFinding> RecordAsync()
    {
        if (node.Actors.Presence is not { } presence)
            return HealthFinding.Open("record", "a client has none");
        var report = await AskAsync<PresenceReport>(presence, new GetPresence(FreshPresence));
        return report.Sight switch
        {
            RecordSight.Published => HealthFinding.Good("record", "the swarm holds the one that this node published"),
            RecordSight.Unknown => HealthFinding.Open("record", "not published yet"),
            RecordSight.NoAnswer when !_hasSeeds => HealthFinding.Open("record", "nobody is there to hold it"),
            RecordSight.Foreign =>
            HealthFinding.Bad("record", $"the swarm held another one{Elsewhere(report)}; published again"),
            RecordSight.NoAnswer => HealthFinding.Bad("record", "nobody answers who could hold it"),
            _ => HealthFinding.Bad("record", "the swarm does not hold it; it is being published again"),
        };
    }

    private static string Elsewhere(PresenceReport report) => report.Elsewhere is { } address
        ? $", for {address}: stop the copy of this identity, if one runs there"
        : "";

    private async Task<HealthFinding> ReachableAsync()
    {
        if (start.IsGuest && node.Calls is { } calls)
            return ReachableAsGuest(await AskAsync<MediationReport>(calls, new GetMediation()));
        if (await ReachAsync() is not { Asked: > 0 } report)
            return HealthFinding.Open("reachable", "nobody has tried yet");
        return report.Reached > 0
            ? HealthFinding.Good("reachable",
                $"{report.Reached} of {report.Asked} nodes that tried reached the service")
            : HealthFinding.Bad("reachable",
                $"none of {report.Asked} nodes reached the service: open its port, or give the right --public-host");
    }

    private static HealthFinding ReachableAsGuest(MediationReport report) => report.Verdict switch
    {
        NatVerdict.OneAddress => HealthFinding.Good("reachable",
            $"behind a NAT, seen at {report.Seen}; {report.Mediators} nodes introduce callers, who call over UDP"),
        NatVerdict.ManyAddresses => HealthFinding.Bad("reachable",
            "the NAT shows each node another address: nobody can call; forward the ports"),
        _ => HealthFinding.Open("reachable", "behind a NAT; nobody introduces callers yet"),
    };

    private async Task<ReachReport?> ReachAsync() => node.Reach is { } reach
        ? await AskAsync<ReachReport>(reach, new GetReach()) : null;

    private static Task<T> AskAsync<T>(IActorRef actor, object message) => actor.Ask<T>(message, Limit);

    private static string Seconds(TimeSpan time) => time < TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min");
}
