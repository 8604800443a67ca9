using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Kademlia;

/// <summary>Find the nodes nearest to a point; outcome <see cref="ClosestFound"/>.</summary>
/// <param name="Target">Any point of the key space.</param>
public sealed record FindClosest(NodeId Target) : DhtRequest;
