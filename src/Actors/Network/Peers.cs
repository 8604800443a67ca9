using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Whom a node knows, and its numbers.</summary>
/// <param name="Self">The node's own id.</param>
/// <param name="Contacts">Nodes that answered their last request; <see cref="PeerList"/> makes them a file.</param>
/// <param name="Statistics">The node's numbers.</param>
public sealed record Peers(NodeId Self, IReadOnlyList<Contact> Contacts, DhtStatistics Statistics);
