using System.Diagnostics.Metrics;

namespace NuCypher.P2P.Node.Https;

/// <summary>What the node's Kademlia counted and holds, for those who listen to its meter.</summary>
/// <remarks>
/// Names and units after OpenTelemetry's conventions for metrics. The core counts; this only says it.
/// </remarks>
internal sealed class SwarmGauges : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "NuCypher.P2P.Dht";

    private const string Method = "nucypher.dht.method";
    private const string Kind = "nucypher.dht.lookup.kind";

    private readonly Meter _meter = new(Name);

    /// <summary>Adds the instruments.</summary>
    public SwarmGauges()
    {
        Count("nucypher.dht.requests.served", "{request}", "Requests of others.", swarm => swarm.Requests.Select(
            request => new Measurement<long>(
                request.Served, new KeyValuePair<string, object?>(Method, request.Method))));
        Count("nucypher.dht.requests.sent", "{request}", "Own requests, by what came of them.", Sent);
        Count("nucypher.dht.lookups", "{lookup}", "Lookups that ended.", swarm => OfEach(swarm, kind => kind.Ended));
        Count("nucypher.dht.lookup.requests", "{request}", "Requests of these lookups.", swarm =>
            OfEach(swarm, kind => kind.Requests));
        Count("nucypher.dht.lookup.hops", "{hop}", "How far these lookups went from the table.", swarm =>
            OfEach(swarm, kind => kind.Hops));
        Count("nucypher.dht.refused", "{refusal}", "Datagrams and stores that were refused.", swarm =>
            swarm.Refused.Select(pair => new Measurement<long>(
                pair.Value, new KeyValuePair<string, object?>("nucypher.dht.reason", pair.Key))));
        Hold("nucypher.dht.contacts", "{node}", "Contacts of the routing table.", swarm =>
        [
            new(swarm.Buckets.Sum(bucket => bucket.Healthy), new KeyValuePair<string, object?>(State, "healthy")),
            new(swarm.Buckets.Sum(bucket => bucket.Doubted), new KeyValuePair<string, object?>(State, "doubted")),
        ]);
        Hold("nucypher.dht.stored", "{value}", "What is kept for others.", swarm =>
        [
            new(swarm.Records, new KeyValuePair<string, object?>("nucypher.dht.value", "record")),
            new(swarm.PlainValues, new KeyValuePair<string, object?>("nucypher.dht.value", "plain")),
        ]);
        Hold("nucypher.dht.stored.size", "By", "Bytes of these.", swarm => [new(swarm.StoredBytes)]);
    }

    /// <summary>What was seen last; null if the node did not answer.</summary>
    public SwarmStatus? Seen { private get; set; }

    private static string State => "nucypher.dht.contact.state";

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Sent(SwarmStatus swarm) => swarm.Requests.SelectMany(request => new[]
    {
        new Measurement<long>(request.Answered, new(Method, request.Method), new("nucypher.dht.outcome", "answered")),
        new Measurement<long>(request.Silent, new(Method, request.Method), new("nucypher.dht.outcome", "silent")),
    });

    private static IEnumerable<Measurement<long>> OfEach(SwarmStatus swarm, Func<LookupsStatus, long> read) =>
        swarm.Lookups.Select(lookups => new Measurement<long>(
            read(lookups), new KeyValuePair<string, object?>(Kind, lookups.Kind)));

    private void Count(
        string name, string unit, string words, Func<SwarmStatus, IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableCounter(name, () => Seen is { } swarm ? read(swarm) : [], unit, words);

    private void Hold(
        string name, string unit, string words, Func<SwarmStatus, IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, () => Seen is { } swarm ? read(swarm) : [], unit, words);
}
