using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Bob;

/// <summary>Bob did not get what he needs.</summary>
/// <param name="Failure">Why.</param>
/// <param name="Refusal">
/// The reason that most of the refusing Ursulas gave; <c>None</c> if none refused. That the policy was revoked, is over
/// or unknown is believed from n − m + 1 of them only: fewer can't make it true.
/// </param>
/// <param name="Received">How many Ursulas gave correct re-encryptions.</param>
/// <param name="Threshold">How many were needed.</param>
/// <param name="Outcomes">What came of every Ursula asked, in the order of their answers.</param>
public sealed record RetrievalFailed(
    RetrievalFailure Failure, RefusalReason Refusal, int Received, int Threshold, IReadOnlyList<UrsulaOutcome> Outcomes)
    : SessionEffect;
