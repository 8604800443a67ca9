namespace NuCypher.P2P.Dht;

/// <summary>An operation came to nothing.</summary>
/// <param name="Failure">Why.</param>
public sealed record OperationFailed(DhtFailure Failure) : DhtOutcome;
