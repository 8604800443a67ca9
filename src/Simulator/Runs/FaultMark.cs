namespace NuCypher.P2P.Simulator;

/// <summary>A fault on the time line.</summary>
/// <param name="Name">Which.</param>
/// <param name="At">When it began.</param>
/// <param name="Length">How long it lasted.</param>
public readonly record struct FaultMark(string Name, TimeSpan At, TimeSpan Length);
