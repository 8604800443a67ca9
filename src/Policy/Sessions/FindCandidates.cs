namespace NuCypher.P2P.Policy.Sessions;

/// <summary>Look for Ursulas that could hold kfrags and report them, those already reported may be among them.</summary>
/// <param name="Count">About how many are wanted.</param>
public sealed record FindCandidates(int Count) : SessionEffect;
