namespace NuCypher.P2P.Dht;

/// <summary>A lookup that ended.</summary>
/// <param name="Target">What was looked for.</param>
/// <param name="Kind">What for.</param>
/// <param name="StartedAt">By the node's clock.</param>
/// <param name="Took">From its start to its end.</param>
/// <param name="Requests">How many were asked.</param>
/// <param name="Answers">How many of them answered in time.</param>
/// <param name="Hops">How far it went from the own table: 1 if only who was known was asked; 0 if nobody
/// answered.</param>
/// <param name="Values">How many gave a value.</param>
public sealed record LookupSummary(
    NodeId Target, LookupKind Kind, DateTimeOffset StartedAt, TimeSpan Took, int Requests, int Answers, int Hops,
    int Values);
