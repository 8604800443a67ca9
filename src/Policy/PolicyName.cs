using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy;

/// <summary>
/// What Alice tells Ursulas in place of the hrac: its hash. Who has it can't find the treasure map by it.
/// </summary>
/// <param name="Value">SHA-256 over the tag <c>NuCypher.P2P/policy-name</c> and the hrac.</param>
public readonly record struct PolicyName(Digest Value)
{
    /// <summary>The name of a policy.</summary>
    public static PolicyName Of(Hrac hrac) => new(DomainHash.Compute(DomainTags.PolicyName, hrac.Value.ToBytes()));

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
