using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>From Alice: a grant is made or renewed, is durable in her journal, and its treasure map was given to the network.</summary>
/// <param name="Grant">All of it.</param>
/// <param name="MapHolders">How many nodes said that they keep the map; 0: none was reached yet, Alice's node goes on trying.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record GrantPublished(Grant Grant, int MapHolders, IReadOnlyList<UrsulaOutcome> Outcomes);
