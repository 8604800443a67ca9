namespace NuCypher.P2P.Simulator;

/// <summary>Something happened that must never happen.</summary>
/// <param name="Invariant">Which rule was broken.</param>
/// <param name="At">When, since the beginning of the run.</param>
/// <param name="Detail">What exactly.</param>
public sealed record Violation(string Invariant, TimeSpan At, string Detail);
