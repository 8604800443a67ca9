using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Limits of a node's HTTPS service. Paths that carry protocol objects have theirs in <c>ServiceRoute</c>.
/// </summary>
internal sealed record HttpsOptions
{
    /// <summary>
    /// Open connections; for one more the longest idle of the source with the most gives way. Default 512.
    /// </summary>
    public int MaxConnections { get; init; } = ConnectionTable.DefaultCapacity;

    /// <summary>
    /// Open connections of one source address (IPv6: /64); for one more its longest idle one gives way. Default 128.
    /// </summary>
    public int MaxConnectionsPerSource { get; init; } = ConnectionTable.DefaultShare;

    /// <summary>
    /// Treasure maps that are fetched or stored at once; one more waits if its source has none under way, else is
    /// answered busy. Default 32: each is a search of the swarm.
    /// </summary>
    public int MaxMapRequests { get; init; } = 32;

    /// <summary>
    /// Requests that Ursula works on at once; one more waits if its source has none under way, else is answered busy.
    /// Default 256.
    /// </summary>
    public int MaxServiceRequests { get; init; } = 256;

    /// <summary>Longest treasure map or node record, in bytes. Default 1,232: a record fits one datagram.</summary>
    public int MaxRecordSize { get; init; } = 1_232;

    /// <summary>Requests a second that one source address may send for long. Default 200.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>Requests that one source address may send at once. Default 400.</summary>
    public int RequestBurst { get; init; } = 400;

    /// <summary>
    /// Counters for sources; addresses are spread over them by a keyed hash. Default 4,096, about 1 MB when all are in
    /// use.
    /// </summary>
    public int SourceCounters { get; init; } = 4_096;

    /// <summary>How long a request may take inside the node. Default 10 s.</summary>
    public TimeSpan ServiceTimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to send its headers, and its body. Default 5 s each.</summary>
    public TimeSpan ReadTimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an idle connection stays open. Default 60 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Addresses and networks that may ask what the node does and whom it knows, beside its own machine.
    /// </summary>
    public IReadOnlyList<string> Operators { get; init; } = [];
}
