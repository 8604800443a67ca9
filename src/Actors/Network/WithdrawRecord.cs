using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="KademliaActor"/>: stop publishing what is under a key. No reply; copies elsewhere live until their end.</summary>
/// <param name="Key">The record's key.</param>
public sealed record WithdrawRecord(NodeId Key);
