using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Ask whether somebody answers at an address; outcome <see cref="Pong"/>.</summary>
/// <param name="Address">Where.</param>
public sealed record PingNode(NodeAddress Address) : DhtRequest;
