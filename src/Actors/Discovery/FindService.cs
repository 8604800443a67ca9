using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the scout: look up this node's record; answered with <see cref="ServiceFound"/>.</summary>
/// <param name="Node">Her node id, which is the record's key.</param>
public sealed record FindService(NodeId Node);
