using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Health;

/// <summary>A validator's word on a target.</summary>
/// <param name="Commitment">What came first.</param>
/// <param name="IsUnhealthy">What it says; null until it was revealed.</param>
public readonly record struct Vote(Digest Commitment, bool? IsUnhealthy);
