using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>What Kademlia and the transport counted, as the operator is told it.</summary>
internal static class SwarmReport
{
    /// <summary>Puts both together.</summary>
    public static SwarmStatus Of(DhtView view, TransportCounters counters, DateTimeOffset now) => new(
        view.Self.ToString(), now, view.Nodes, view.Statistics.Records, view.Statistics.PlainValues,
        view.Statistics.Bytes,
        [.. view.Table.Select(bucket => new BucketStatus(bucket.SharedBits, bucket.Healthy, bucket.Doubted))],
        [.. view.Methods.Select(m => new RequestStatus(m.Method, m.Served, m.Answered, m.Silent))],
        [.. view.Lookups.Select(l => new LookupsStatus(WordOf(l.Kind), l.Ended, l.Requests, l.Hops))],
        new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["malformed"] = view.Refusals.Malformed,
            ["unawaited answer"] = view.Refusals.Unawaited,
            ["too many of one source"] = view.Refusals.RateLimited,
            ["not stored"] = view.Refusals.Stores,
            ["of another protocol"] = counters.Foreign,
        },
        [.. view.Recent.Select(Of)]);

    private static LookupStatus Of(LookupSummary lookup) => new(
        lookup.Target.ToString(), WordOf(lookup.Kind), lookup.StartedAt, lookup.Took.TotalMilliseconds,
        lookup.Requests, lookup.Answers, lookup.Hops, lookup.Values);

    private static string WordOf(LookupKind kind) => kind switch
    {
        LookupKind.Value => "value",
        LookupKind.Store => "store",
        _ => "nodes",
    };
}
