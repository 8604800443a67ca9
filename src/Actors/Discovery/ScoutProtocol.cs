using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the scout: look up this node's record; answered with <see cref="ServiceFound"/>.</summary>
/// <param name="Node">Her node id, which is the record's key.</param>
public sealed record FindService(NodeId Node);

/// <summary>
/// To the scout: bring Ursulas from random places of the network; answered with <see cref="UrsulasFound"/>.
/// </summary>
/// <param name="Count">About how many; the answer may hold fewer or more.</param>
/// <param name="Known">Nodes that are not wanted again.</param>
public sealed record FindUrsulas(int Count, IReadOnlySet<NodeId> Known);

/// <summary>From the scout: where a node serves.</summary>
/// <param name="Node">Who was looked up.</param>
/// <param name="Target">Null if there is no current record of her, or it says that she doesn't serve.</param>
public sealed record ServiceFound(NodeId Node, ServiceTarget? Target);

/// <summary>
/// From the scout: Ursulas whose signed record says that they serve; empty if the network shows none.
/// </summary>
/// <param name="Targets">Each once, sorted by node id.</param>
public sealed record UrsulasFound(IReadOnlyList<ServiceTarget> Targets);
