using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>
/// To Bob: fetch and open a treasure map. Answered with <see cref="MapFetched"/> or <see cref="MapNotFetched"/>.
/// </summary>
/// <param name="Alice">Who made it.</param>
/// <param name="Label">Under which she shares.</param>
public sealed record FetchMap(VerifyingKey Alice, PolicyLabel Label);

/// <summary>
/// To Bob: have these capsules re-encrypted. Answered with <see cref="Retrieved"/>, <see cref="NotRetrieved"/> or
/// <see cref="MapNotFetched"/>; progress comes before.
/// </summary>
/// <param name="Alice">Who granted.</param>
/// <param name="Label">Under which she shares.</param>
/// <param name="Capsules">1 to 16.</param>
/// <param name="Deadline">The longest it may take, the map's fetching not counted; null: as configured.</param>
public sealed record Retrieve(
    VerifyingKey Alice, PolicyLabel Label, IReadOnlyList<Capsule> Capsules, TimeSpan? Deadline = null);

/// <summary>From Bob: a treasure map, opened.</summary>
/// <param name="Map">Signed by Alice, inside and outside.</param>
public sealed record MapFetched(TreasureMap Map);

/// <summary>From Bob: there is no map that he can use.</summary>
/// <param name="Reason">Why.</param>
public sealed record MapNotFetched(MapRefusal Reason);

/// <summary>Why Bob has no treasure map.</summary>
public enum MapRefusal
{
    /// <summary>
    /// Nobody holds one under this Alice, this Bob and this label: never granted, over, or not yet published.
    /// </summary>
    NotFound,

    /// <summary>No node of the network answered.</summary>
    NoNetwork,

    /// <summary>Alice took it back: the policy is revoked.</summary>
    Withdrawn,

    /// <summary>It is not sealed to this Bob.</summary>
    NotForThisBob,

    /// <summary>Alice published something that is no treasure map.</summary>
    Unreadable,
}

/// <summary>From Bob: everything for opening the capsules, but his own key.</summary>
/// <param name="Map">The treasure map; its policy key is needed for opening.</param>
/// <param name="CapsuleFrags">For each capsule, in order, a threshold of verified cfrags.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record Retrieved(
    TreasureMap Map, IReadOnlyList<IReadOnlyList<VerifiedCapsuleFrag>> CapsuleFrags,
    IReadOnlyList<UrsulaOutcome> Outcomes);

/// <summary>From Bob: the Ursulas of the map did not re-encrypt.</summary>
/// <param name="Failed">Why, and what came of each.</param>
public sealed record NotRetrieved(RetrievalFailed Failed);
