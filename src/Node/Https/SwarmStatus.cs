namespace NuCypher.P2P.Node.Https;

/// <summary>What a node tells its operator about the swarm as it sees it; who asked for what is not in it.</summary>
/// <param name="NodeId">40 hexadecimal digits.</param>
/// <param name="Now">When this was said.</param>
/// <param name="EstimatedNodes">How many nodes there seem to be; null while few are known.</param>
/// <param name="Records">Signed records kept for others.</param>
/// <param name="PlainValues">Plain values kept for others.</param>
/// <param name="StoredBytes">Bytes of both.</param>
/// <param name="Buckets">The table, the farthest contacts first.</param>
/// <param name="Requests">Since the start, by kind.</param>
/// <param name="Lookups">Since the start, by kind.</param>
/// <param name="Refused">Datagrams and stores refused since the start, by reason.</param>
/// <param name="Recent">The lookups that ended last, the latest first.</param>
internal sealed record SwarmStatus(
    string NodeId,
    DateTimeOffset Now,
    double? EstimatedNodes,
    int Records,
    int PlainValues,
    long StoredBytes,
    IReadOnlyList<BucketStatus> Buckets,
    IReadOnlyList<RequestStatus> Requests,
    IReadOnlyList<LookupsStatus> Lookups,
    IReadOnlyDictionary<string, long> Refused,
    IReadOnlyList<LookupStatus> Recent);
