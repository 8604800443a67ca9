using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>From the scout: Ursulas whose signed record says that they serve; empty if the network shows none.</summary>
/// <param name="Targets">Each once, sorted by node id.</param>
public sealed record UrsulasFound(IReadOnlyList<ServiceTarget> Targets);
