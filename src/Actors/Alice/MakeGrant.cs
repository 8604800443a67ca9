using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>To Alice: let somebody read. Answered with <see cref="GrantPublished"/> or <see cref="GrantNotMade"/>; progress comes before.</summary>
/// <param name="Terms">What, whom, when, through how many.</param>
/// <param name="Deadline">The longest it may take; null: as configured.</param>
public sealed record MakeGrant(GrantTerms Terms, TimeSpan? Deadline = null);
