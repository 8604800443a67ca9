using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>An arrangement was accepted: a kfrag may be deposited.</summary>
/// <param name="Proposal">The hash of the proposal.</param>
/// <param name="Owner">Whose policy it is: <see cref="ProxyKeys.TagOf"/>.</param>
/// <param name="Version">The version that the deposit must have.</param>
/// <param name="Validity">The time that the deposit must have.</param>
/// <param name="DepositBy">When the arrangement lapses.</param>
public sealed record PolicyArranged(
    Digest Proposal, Digest Owner, PolicyVersion Version, Validity Validity, DateTimeOffset DepositBy)
    : PolicyEvent
{
    internal const string Name = "policy-arranged/2";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static PolicyEvent Read(ref FieldReader reader) =>
        new PolicyArranged(reader.Digest(), reader.Digest(), reader.Version(), reader.Validity(), reader.Time());

    internal override void Write(FieldWriter writer) =>
        writer.Digest(Proposal).Digest(Owner).Version(Version).Validity(Validity).Time(DepositBy);
}
