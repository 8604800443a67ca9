using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Alice revoked the policy: this tombstone is all that stays.</summary>
/// <param name="Policy">Which policy.</param>
/// <param name="Time">Orders that are not of a later version than this come too late.</param>
public sealed record PolicyRevoked(PolicyId Policy, DateTimeOffset Time) : PolicyEvent
{
    internal const string Name = "policy-revoked/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    /// <inheritdoc/>
    public override bool EndsHistory => true;

    internal static PolicyEvent Read(ref FieldReader reader) =>
        new PolicyRevoked(new PolicyId(reader.Digest()), reader.Time());

    internal override void Write(FieldWriter writer) => writer.Digest(Policy.Value).Time(Time);
}
