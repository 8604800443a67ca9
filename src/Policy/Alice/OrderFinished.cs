using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>Everybody answered an order, or its deadline passed.</summary>
/// <param name="Version">The version of the order.</param>
/// <param name="Validity">The new time of a renewal; null for a revocation.</param>
/// <param name="Receipts">Of the Ursulas that carried it out.</param>
/// <param name="Outcomes">What came of asking, in the order of the answers.</param>
public sealed record OrderFinished(
    PolicyVersion Version, Validity? Validity, IReadOnlyList<OrderReceipt> Receipts,
    IReadOnlyList<UrsulaOutcome> Outcomes)
    : SessionEffect
{
    /// <summary>The rules of a renewal.</summary>
    public PolicyRules Rules { get; init; } = PolicyRules.None;
}
