using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>What Alice wants to grant.</summary>
/// <param name="Label">What she shares.</param>
/// <param name="Bob">With whom.</param>
/// <param name="Threshold">How many Ursulas Bob needs; 1 to <paramref name="Shares"/>.</param>
/// <param name="Shares">How many Ursulas hold a kfrag; at most 32.</param>
/// <param name="Validity">When Bob may read.</param>
public sealed record GrantTerms(PolicyLabel Label, BobCard Bob, int Threshold, int Shares, Validity Validity)
{
    /// <summary>When within the validity, and on what condition.</summary>
    public PolicyRules Rules { get; init; } = PolicyRules.None;

    /// <summary>
    /// Whether a policy can have these terms: a threshold of 1 to the shares, at most 32 of them, an end to come, also
    /// by the rules.
    /// </summary>
    public bool AreValid(DateTimeOffset now) =>
        Threshold >= 1 && Threshold <= Shares && Shares <= TreasureMap.MaxUrsulas && Validity.CanBegin
            && !Validity.IsOver(now) && Rules.EndWithin(Validity) > now;
}
