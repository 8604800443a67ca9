namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the scout: bring Ursulas from random places of the network; answered with <see cref="UrsulasFound"/>.</summary>
/// <param name="Count">About how many; the answer may hold fewer or more.</param>
public sealed record FindUrsulas(int Count);
