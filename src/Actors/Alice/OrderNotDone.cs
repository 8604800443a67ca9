using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>From Alice: an order was not given, or too few Ursulas carried it out.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Outcomes">What came of every Ursula asked; empty if none was.</param>
public sealed record OrderNotDone(GrantRefusal Refusal, IReadOnlyList<UrsulaOutcome> Outcomes);
