namespace NuCypher.P2P.Simulator;

/// <summary>Where a run stood at a moment; counts since the beginning.</summary>
/// <param name="At">The moment.</param>
/// <param name="Lookups">Lookups that found the nearest node.</param>
/// <param name="LookupsFailed">Lookups that did not.</param>
/// <param name="Hops">All hops of the lookups that were measured.</param>
/// <param name="Reads">Reads of due policies that succeeded.</param>
/// <param name="ReadsFailed">Reads of due policies that did not.</param>
/// <param name="Datagrams">Datagrams sent.</param>
/// <param name="Bytes">Bytes sent.</param>
/// <param name="Up">Serving nodes that are up.</param>
public readonly record struct Sample(
    TimeSpan At, long Lookups, long LookupsFailed, long Hops, long Reads, long ReadsFailed, long Datagrams, long Bytes,
    int Up);
