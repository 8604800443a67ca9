using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Alice revoked the policy: this tombstone is all that stays.</summary>
/// <param name="Policy">Which policy.</param>
/// <param name="Version">Orders that are not of a later version than this come too late.</param>
/// <param name="At">When, by Ursula's clock: the tombstone goes some time after.</param>
/// <param name="Owner">Whose policy it was: <see cref="ProxyKeys.TagOf"/>.</param>
/// <param name="StoredBob">Who is told that it is over, under the storage key; empty if no kfrag was held.</param>
public sealed record PolicyRevoked(
    PolicyId Policy, PolicyVersion Version, DateTimeOffset At, Digest Owner, ReadOnlyMemory<byte> StoredBob)
    : PolicyEvent
{
    internal const string Name = "policy-revoked/2";

    /// <inheritdoc/>
    public override string Manifest => Name;

    /// <inheritdoc/>
    public override bool EndsHistory => true;

    internal static PolicyEvent Read(ref FieldReader reader) =>
        new PolicyRevoked(
            new PolicyId(reader.Digest()), reader.Version(), reader.Time(), reader.Digest(),
            reader.Prefixed(ProxyKeys.StoredNameSize).ToArray());

    internal override void Write(FieldWriter writer) =>
        writer.Digest(Policy.Value).Version(Version).Time(At).Digest(Owner).Prefixed(StoredBob.Span);
}
