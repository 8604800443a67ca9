using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Join through these addresses, or through the known contacts if there are none; outcome <see cref="Joined"/>.</summary>
/// <param name="Seeds">Nodes that may be in the swarm already.</param>
public sealed record JoinSwarm(IReadOnlyList<NodeAddress> Seeds) : DhtRequest;
