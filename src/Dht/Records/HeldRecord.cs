namespace NuCypher.P2P.Dht;

/// <summary>A record that a node keeps for others, and who sent it first.</summary>
/// <param name="Record">The record; whoever reads it from a file must verify it again.</param>
/// <param name="Source">Whose share of the store it fills; the default value for the node itself.</param>
public sealed record HeldRecord(SignedRecord Record, NodeAddress Source);
