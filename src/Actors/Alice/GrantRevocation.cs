using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>From Alice: how far a revocation came.</summary>
/// <param name="Grant">With the receipts so far; <c>IsRevoked</c> once n − m + 1 shares are gone for certain.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record GrantRevocation(Grant Grant, IReadOnlyList<UrsulaOutcome> Outcomes);
