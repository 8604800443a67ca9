using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Joins the network through nodes at known addresses; ends with <see cref="Joined"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Seeds">Addresses of nodes, configured or saved.</param>
public sealed record Join(long RequestId, IReadOnlyList<NodeAddress> Seeds) : KademliaRequest(RequestId);
