using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Services;

/// <summary>A node that introduces callers to nodes behind a NAT.</summary>
/// <param name="Id">Its node id: the hash of the key that signs its introductions.</param>
/// <param name="Udp">Where it listens.</param>
public readonly record struct Mediator(NodeId Id, NodeAddress Udp);
