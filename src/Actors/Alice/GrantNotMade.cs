using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>From Alice: nothing was granted.</summary>
/// <param name="Failure">What went wrong among the Ursulas; null if Alice's own books refuse.</param>
/// <param name="Refusal">Why her books refuse; <c>None</c> if they don't.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record GrantNotMade(GrantFailure? Failure, GrantRefusal Refusal, IReadOnlyList<UrsulaOutcome> Outcomes);
