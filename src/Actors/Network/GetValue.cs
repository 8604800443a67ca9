using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Finds the plain value under a key, which nobody signed; ends with <see cref="ValueFound"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The value's key.</param>
/// <param name="Quorum">Answers to wait for; the node's option if not given.</param>
public sealed record GetValue(long RequestId, NodeId Key, int? Quorum = null) : KademliaRequest(RequestId);
