using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>A policy as an Ursula knows it: one publisher and one name.</summary>
/// <remarks>
/// An Ursula can't check that a name belongs to the Alice who uses it, because she doesn't know what it is the hash of.
/// With Alice's verifying key in the id nobody can occupy another Alice's policy, and an order about a policy of which
/// only the tombstone is left can still be verified. SHA-256 over tag, key and name, length-prefixed.
/// </remarks>
/// <param name="Value">The hash.</param>
public readonly record struct PolicyId(Digest Value)
{
    /// <summary>Computes the id.</summary>
    public static PolicyId Of(VerifyingKey alice, PolicyName name) =>
        new(DomainHash.Compute(DomainTags.PolicyId, alice.ToBytes(), name.Value.ToBytes()));

    /// <summary>Computes the id.</summary>
    public static PolicyId Of(VerifyingKey alice, Hrac hrac) => Of(alice, hrac.Name);

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
