namespace NuCypher.P2P.Dht;

/// <summary>Names an operation; the caller chooses, and does not use a number twice.</summary>
/// <param name="Number">Any number.</param>
public readonly record struct OperationId(long Number);
