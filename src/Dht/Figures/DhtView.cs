namespace NuCypher.P2P.Dht;

/// <summary>What an operator wants to see of a <see cref="KademliaNode"/>.</summary>
/// <param name="Self">Its id.</param>
/// <param name="Statistics">What it counted and holds.</param>
/// <param name="Methods">One for each kind of request.</param>
/// <param name="Lookups">One for each kind of lookup.</param>
/// <param name="Refusals">What it refused.</param>
/// <param name="Table">The farthest first; distances without contacts are left out.</param>
/// <param name="Recent">The lookups that ended last, the latest first.</param>
/// <param name="Nodes">How many nodes there seem to be; null while few are known.</param>
public sealed record DhtView(
    NodeId Self, DhtStatistics Statistics, IReadOnlyList<MethodCount> Methods, IReadOnlyList<LookupCount> Lookups,
    RefusalCounts Refusals, IReadOnlyList<BucketCount> Table, IReadOnlyList<LookupSummary> Recent, double? Nodes);
