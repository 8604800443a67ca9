using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>All shares are deposited: persist the grant, then publish its treasure map.</summary>
/// <param name="Grant">What was granted, with the map's record.</param>
/// <param name="Outcomes">What came of every Ursula asked, in the order of their answers.</param>
public sealed record GrantFinished(Grant Grant, IReadOnlyList<UrsulaOutcome> Outcomes) : SessionEffect;
