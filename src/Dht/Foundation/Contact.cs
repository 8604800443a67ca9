namespace NuCypher.P2P.Dht;

/// <summary>A node as others know it.</summary>
/// <param name="Id">The id that it claims; nothing here proves it, a node record does.</param>
/// <param name="Address">Where it receives datagrams.</param>
public readonly record struct Contact(NodeId Id, NodeAddress Address);
