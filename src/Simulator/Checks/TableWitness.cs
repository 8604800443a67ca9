using NuCypher.P2P.Actors.Network;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Asks nodes now and then whom they know and what they hold, and holds them to the laws of the routing table and to
/// their limits.
/// </summary>
internal sealed class TableWitness(RunContext run)
{
    private const int MaxCounted = 2_000;
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Random _random = run.World.Seed.Derive("table witness").NewRandom();

    public async Task RunAsync()
    {
        while (run.Elapsed < run.End - Interval)
        {
            await run.Inquirer.Delay(Interval);
            var node = run.Nodes[_random.Next(run.Nodes.Count)];
            if (node.Kademlia is { } kademlia
                && await run.Inquirer.Ask<Peers>(kademlia, new GetPeers(), Interval) is { } peers)
                Check(node, peers);
        }
    }

    /// <summary>Asks all nodes, in the last moments of a run, what they keep.</summary>
    public async Task CountAsync()
    {
        await run.Inquirer.Delay(run.End - LastMoments - run.Elapsed);
        foreach (var node in run.Nodes.Take(MaxCounted))
        {
            if (node.Kademlia is { } kademlia && await run.Inquirer.Ask<Peers>(
                kademlia, new GetPeers(), LastMoments) is { } peers)
                run.Recorder.CountRecords(peers.Statistics.Records, peers.Statistics.Bytes);
        }
    }

    private void Check(SimulatedNode node, Peers peers)
    {
        var options = run.Scenario.Kademlia;
        var self = node.Id;
        run.Tally.Add("tables checked");
        Demand(peers.Contacts.All(contact => contact.Id != self), node, "holds itself");
        Demand(
            peers.Contacts.DistinctBy(contact => contact.Id).Count() == peers.Contacts.Count, node,
            "holds a contact twice");
        Demand(
            peers.Contacts.GroupBy(contact => self.SharedPrefix(contact.Id)).All(bucket => bucket.Count() <= options.K),
            node,
            "has a bucket of more than k");
        var (unproven, records) = (options.MaxUnprovenValues, options.MaxRecords + options.MaxNodeRecords);
        Demand(peers.Statistics.Records <= records + unproven, node, "holds more records than its limit");
        Demand(
            peers.Statistics.PlainValues <= options.MaxPlainValues + unproven,
            node,
            "holds more plain values than its limit");
        Demand(peers.Statistics.Pending <= options.MaxPendingRequests, node, "has more open requests than its limit");
    }

    private void Demand(bool holds, SimulatedNode node, string what)
    {
        if (!holds)
            run.Report(
                "the routing table keeps its laws and the store its limits", $"node {node.Machine.Index} {what}");
    }
}
