using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Finds the nodes nearest to a key; ends with <see cref="ClosestFound"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">Any point of the key space.</param>
public sealed record FindClosest(long RequestId, NodeId Key) : KademliaRequest(RequestId);
