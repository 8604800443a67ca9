using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>From the scout: where a node serves.</summary>
/// <param name="Node">Who was looked up.</param>
/// <param name="Target">Null if there is no current record of her, or it says that she doesn't serve.</param>
public sealed record ServiceFound(NodeId Node, ServiceTarget? Target);
