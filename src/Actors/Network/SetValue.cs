using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Stores a plain value once; ends with <see cref="Stored"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The value's key.</param>
/// <param name="Value">The value.</param>
public sealed record SetValue(long RequestId, NodeId Key, PlainValue Value) : KademliaRequest(RequestId);
