namespace NuCypher.P2P.Dht;

/// <summary>An operation is over; comes exactly once for each.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record OperationFinished(OperationId Id, DhtOutcome Outcome) : DhtEffect;
