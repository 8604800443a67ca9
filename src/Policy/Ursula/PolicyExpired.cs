using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>The policy's time was over: this tombstone is all that stays.</summary>
/// <param name="Policy">Which policy.</param>
/// <param name="Time">Orders that are not of a later version than this come too late.</param>
public sealed record PolicyExpired(PolicyId Policy, DateTimeOffset Time) : PolicyEvent
{
    internal const string Name = "policy-expired/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    /// <inheritdoc/>
    public override bool EndsHistory => true;

    internal static PolicyEvent Read(ref FieldReader reader) =>
        new PolicyExpired(new PolicyId(reader.Digest()), reader.Time());

    internal override void Write(FieldWriter writer) => writer.Digest(Policy.Value).Time(Time);
}
