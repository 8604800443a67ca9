using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Simulator;

/// <summary>Random nodes look for random points; what they find is compared with who is really nearest.</summary>
internal sealed class LookupLoad(RunContext run)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TimeToJoin = TimeSpan.FromMinutes(2);

    private readonly Random _random = run.World.Seed.Derive("lookups").NewRandom();

    public async Task RunAsync()
    {
        var open = new List<Task>();
        var mean = TimeSpan.TicksPerMinute / run.Scenario.LookupsPerMinute;
        while (run.Elapsed < run.LoadEnd)
        {
            await run.Inquirer.Delay(new TimeSpan(_random.NextInt64(2 * mean)));
            open.RemoveAll(lookup => lookup.IsCompletedSuccessfully);
            open.Add(LookUpAsync());
        }

        await Task.WhenAll(open);
    }

    private async Task LookUpAsync()
    {
        var node = run.Nodes[_random.Next(run.Nodes.Count)];
        var key = NodeId.Random(_random);
        if (node.Kademlia is not { } kademlia || node.Machine.Host.Observed is not null)
            return;
        var start = run.Elapsed;
        var meter = new HopMeter(node.Machine.Host, key);
        var reply = await run.Inquirer.Ask<KademliaReply>(kademlia, new FindClosest(1, key), Limit);
        node.Machine.Host.Observed = null;
        if (node.Kademlia != kademlia)
            return;
        run.Recorder.Measure("lookup", run.Elapsed - start);
        CheckBounds(node.Machine, start, meter.Requests, reply is not null);
        var isFound = reply?.Outcome is ClosestFound found && found.Contacts.Count > 0
            && IsNearest(found.Contacts, node, key);
        run.Tally.Add(isFound ? "lookups" : "lookups failed");
        if (reply?.Outcome is ClosestFound { Contacts: [var nearest, ..] })
            run.Tally.Add("hops", meter.HopsTo(nearest));
    }

    /// <summary>
    /// Whoever lies: a search ends, and neither asks nor waits longer than it may. A processor that stood still may
    /// take its time.
    /// </summary>
    private void CheckBounds(SimulatedMachine machine, TimeSpan start, int requests, bool isAnswered)
    {
        if (machine.IsPaused || machine.ResumedAt >= start)
            return;
        var (took, options) = (run.Elapsed - start, run.Scenario.Kademlia);
        run.Tally.Add("searches counted");
        run.Tally.Add("requests of searches", requests);
        if (requests > options.MaxLookupRequests || took > MaxTime(options) || !isAnswered)
            run.Report(
                "a search ends within its bounds",
                $"machine {machine.Index}: {requests} requests, {TimeWords.Of(took)}, "
                + $"{(isAnswered ? "ended" : "no end")}");
    }

    /// <summary>
    /// The core counts time by a clock that may be set: back, and what had passed is waited for again.
    /// </summary>
    private TimeSpan MaxTime(KademliaOptions options) =>
        (run.Scenario.Faults.AreClocksSet ? 2 * options.MaxLookupTime : options.MaxLookupTime) + Slack;

    /// <summary>Whether the nearest node that has been up for a while is among those found.</summary>
    private bool IsNearest(IReadOnlyList<Contact> found, SimulatedNode asker, NodeId key)
    {
        var nearest = run.Nodes
            .Where(node => node != asker && IsSettled(node.Machine))
            .MinBy(node => node.Id.DistanceTo(key));
        return nearest is not null && found.Any(contact => contact.Id == nearest.Id);
    }

    private bool IsSettled(SimulatedMachine machine) => machine.IsUp && !machine.Host.IsUnreachable
        && (machine.StartedAt < run.LoadStart || run.Elapsed - machine.StartedAt > TimeToJoin);
}
