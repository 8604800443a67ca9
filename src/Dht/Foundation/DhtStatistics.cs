namespace NuCypher.P2P.Dht;

/// <summary>What a <see cref="KademliaNode"/> has counted and holds.</summary>
/// <param name="Contacts">Nodes in the table.</param>
/// <param name="Records">Records kept for others.</param>
/// <param name="PlainValues">Plain values kept for others.</param>
/// <param name="Bytes">Bytes of these records and values.</param>
/// <param name="Published">Records that this node keeps publishing.</param>
/// <param name="Pending">Requests that wait for an answer.</param>
/// <param name="Requests">Requests answered since the start.</param>
/// <param name="Responses">Responses taken since the start.</param>
/// <param name="Dropped">Datagrams dropped since the start: malformed, too long, or an answer that nobody asked
/// for.</param>
/// <param name="RateLimited">Requests dropped since the start because their source made too many.</param>
public sealed record DhtStatistics(
    int Contacts, int Records, int PlainValues, long Bytes, int Published, int Pending, long Requests, long Responses,
    long Dropped, long RateLimited)
{
    /// <summary>What lookups of records found.</summary>
    public RecordAges Ages { get; init; } = RecordAges.None;
}
