using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Bob;

/// <summary>Bob has what he needs to open every capsule.</summary>
/// <param name="CapsuleFrags">For each capsule, in the order in which they were given: a threshold of verified
/// cfrags.</param>
/// <param name="Outcomes">What came of every Ursula asked, in the order of their answers.</param>
public sealed record RetrievalFinished(
    IReadOnlyList<IReadOnlyList<VerifiedCapsuleFrag>> CapsuleFrags,
    IReadOnlyList<UrsulaOutcome> Outcomes) : SessionEffect;
