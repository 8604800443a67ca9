using NuCypher.P2P.Dht;

namespace NuCypher.P2P.DhtBench;

/// <summary>A node of the swarm.</summary>
/// <param name="Machine">Its subtree; stopped, the node is gone without a word.</param>
/// <param name="Transport">Its socket.</param>
/// <param name="Kademlia">Takes requests.</param>
/// <param name="Address">Where it listens.</param>
internal sealed record BenchNode(IActorRef Machine, IActorRef Transport, IActorRef Kademlia, NodeAddress Address);
