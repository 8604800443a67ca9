using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>From Bob: everything for opening the capsules, but his own key.</summary>
/// <param name="Map">The treasure map; its policy key is needed for opening.</param>
/// <param name="CapsuleFrags">For each capsule, in order, a threshold of verified cfrags.</param>
/// <param name="Outcomes">What came of every Ursula asked.</param>
public sealed record Retrieved(
    TreasureMap Map, IReadOnlyList<IReadOnlyList<VerifiedCapsuleFrag>> CapsuleFrags, IReadOnlyList<UrsulaOutcome> Outcomes);
