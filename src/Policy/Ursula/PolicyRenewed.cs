using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Alice gave the policy another time and other rules.</summary>
/// <param name="Order">The hash of her order.</param>
/// <param name="Version">The version of her order.</param>
/// <param name="Validity">The new time.</param>
public sealed record PolicyRenewed(Digest Order, PolicyVersion Version, Validity Validity) : PolicyEvent
{
    internal const string Name = "policy-renewed/2";

    /// <inheritdoc/>
    public override string Manifest => Name;

    /// <summary>When within the validity, and on what condition.</summary>
    public PolicyRules Rules { get; init; } = PolicyRules.None;

    internal static PolicyEvent? Read(ref FieldReader reader)
    {
        var renewed = new PolicyRenewed(reader.Digest(), reader.Version(), reader.Validity());
        return PolicyRules.TryRead(reader.Prefixed(PolicyRules.MaxSize), out var rules)
            ? renewed with { Rules = rules }
            : null;
    }

    internal override void Write(FieldWriter writer) =>
        writer.Digest(Order).Version(Version).Validity(Validity).Prefixed(Rules.ToBytes());
}
