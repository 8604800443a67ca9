using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>The hashed resource access code: the name of what one Alice lets one Bob read under one label.</summary>
/// <remarks>
/// SHA-256 over the domain tag <c>NuCypher.P2P/hrac</c>, Alice's verifying key (33 bytes), Bob's verifying key (33 bytes) and the
/// label in UTF-8, each preceded by its length in 4 bytes. All 32 bytes are kept. Who knows the three can compute it, and
/// with it the key of the treasure map; who doesn't learns nothing from it, as far as the label can't be guessed.
/// </remarks>
/// <param name="Value">The hash.</param>
public readonly record struct Hrac(Digest Value)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = Digest.Size;

    /// <summary>Computes the name.</summary>
    public static Hrac Of(VerifyingKey alice, VerifyingKey bob, PolicyLabel label) =>
        new(DomainHash.Compute(DomainTags.Hrac, alice.ToBytes(), bob.ToBytes(), label.ToBytes()));

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
