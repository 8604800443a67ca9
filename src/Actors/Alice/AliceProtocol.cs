using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>
/// To Alice: let somebody read. Answered with <see cref="GrantPublished"/> or <see cref="GrantNotMade"/>; progress
/// comes before.
/// </summary>
/// <param name="Terms">What, whom, when, through how many.</param>
/// <param name="Deadline">The longest it may take; null: as configured.</param>
public sealed record MakeGrant(GrantTerms Terms, TimeSpan? Deadline = null);

/// <summary>
/// To Alice: give a grant another end, or other rules. Answered with <see cref="GrantPublished"/> or
/// <see cref="OrderNotDone"/>.
/// </summary>
/// <param name="Hrac">Which grant.</param>
/// <param name="NotAfter">The new end.</param>
/// <param name="Deadline">The longest it may take; null: as configured.</param>
public sealed record RenewGrant(Hrac Hrac, DateTimeOffset NotAfter, TimeSpan? Deadline = null)
{
    /// <summary>When within its time, and on what condition, from now on; null: as it was.</summary>
    public PolicyRules? Rules { get; init; }
}

/// <summary>
/// To Alice: end a grant now. Answered with <see cref="GrantRevocation"/> or <see cref="OrderNotDone"/>; may be
/// repeated.
/// </summary>
/// <param name="Hrac">Which grant.</param>
/// <param name="Deadline">The longest it may take; null: as configured.</param>
public sealed record RevokeGrant(Hrac Hrac, TimeSpan? Deadline = null);

/// <summary>
/// To Alice: take a grant back into lost books from its treasure map. Answered with <see cref="GrantFound"/> or
/// <see cref="OrderNotDone"/>.
/// </summary>
/// <param name="Label">What was granted.</param>
/// <param name="Bob">To whom.</param>
/// <param name="Map">What the swarm has; not trusted.</param>
public sealed record TakeBackGrant(PolicyLabel Label, BobCard Bob, VerifiedRecord Map);

/// <summary>To Alice: what did you grant? Answered with <see cref="GrantsListed"/>.</summary>
public sealed record ListGrants;

/// <summary>
/// From Alice: a grant is made or renewed, is durable in her journal, and its treasure map was given to the network.
/// </summary>
/// <param name="Grant">All of it.</param>
/// <param name="MapHolders">How many nodes said that they keep the map; 0: none was reached yet, Alice's node goes on
/// trying.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record GrantPublished(Grant Grant, int MapHolders, IReadOnlyList<UrsulaOutcome> Outcomes);

/// <summary>From Alice: nothing was granted.</summary>
/// <param name="Failure">What went wrong among the Ursulas; null if Alice's own books refuse.</param>
/// <param name="Refusal">Why her books refuse; <c>None</c> if they don't.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record GrantNotMade(GrantFailure? Failure, GrantRefusal Refusal, IReadOnlyList<UrsulaOutcome> Outcomes);

/// <summary>From Alice: how far a revocation came.</summary>
/// <param name="Grant">With the receipts so far; <c>IsRevoked</c> once n − m + 1 shares are gone for certain.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record GrantRevocation(Grant Grant, IReadOnlyList<UrsulaOutcome> Outcomes);

/// <summary>From Alice: an order was not given, or too few Ursulas carried it out.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Outcomes">What came of every Ursula asked; empty if none was.</param>
public sealed record OrderNotDone(GrantRefusal Refusal, IReadOnlyList<UrsulaOutcome> Outcomes);

/// <summary>From Alice: a grant is in her books, again or still.</summary>
/// <param name="Grant">All that she knows of it.</param>
public sealed record GrantFound(Grant Grant);

/// <summary>From Alice: everything that she granted and has not forgotten.</summary>
/// <param name="Grants">Ordered by label.</param>
public sealed record GrantsListed(IReadOnlyList<Grant> Grants);
