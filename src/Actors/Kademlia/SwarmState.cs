using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>What the node knows of the swarm, for status pages and for saving the peers.</summary>
/// <param name="Self">The node's id.</param>
/// <param name="Contacts">The nodes in its routing table.</param>
/// <param name="Statistics">Counters.</param>
public sealed record SwarmState(NodeId Self, IReadOnlyList<Contact> Contacts, DhtStatistics Statistics);
