using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Alice gave the policy another time.</summary>
/// <param name="Order">The hash of her order.</param>
/// <param name="Version">The version of her order.</param>
/// <param name="Validity">The new time.</param>
public sealed record PolicyRenewed(Digest Order, PolicyVersion Version, Validity Validity) : PolicyEvent
{
    internal const string Name = "policy-renewed/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static PolicyEvent Read(ref FieldReader reader) =>
        new PolicyRenewed(reader.Digest(), reader.Version(), reader.Validity());

    internal override void Write(FieldWriter writer) => writer.Digest(Order).Version(Version).Validity(Validity);
}
