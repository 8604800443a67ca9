using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>An arrangement was accepted: a kfrag may be deposited.</summary>
/// <param name="Proposal">The hash of the proposal.</param>
/// <param name="Version">The version that the deposit must have.</param>
/// <param name="Validity">The time that the deposit must have.</param>
/// <param name="DepositBy">When the arrangement lapses.</param>
public sealed record PolicyArranged(Digest Proposal, PolicyVersion Version, Validity Validity, DateTimeOffset DepositBy)
    : PolicyEvent
{
    internal const string Name = "policy-arranged/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static PolicyEvent Read(ref FieldReader reader) =>
        new PolicyArranged(reader.Digest(), reader.Version(), reader.Validity(), reader.Time());

    internal override void Write(FieldWriter writer) =>
        writer.Digest(Proposal).Version(Version).Validity(Validity).Time(DepositBy);
}
