namespace NuCypher.P2P.Dht;

/// <summary>The node is part of the network.</summary>
/// <param name="Contacts">How many nodes it knows and has spoken to.</param>
public sealed record Joined(int Contacts) : DhtOutcome;
