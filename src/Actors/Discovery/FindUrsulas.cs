using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the scout: bring Ursulas from random places of the network; answered with <see cref="UrsulasFound"/>.</summary>
/// <param name="Count">About how many; the answer may hold fewer or more.</param>
/// <param name="Known">Nodes that are not wanted again.</param>
public sealed record FindUrsulas(int Count, IReadOnlySet<NodeId> Known);
