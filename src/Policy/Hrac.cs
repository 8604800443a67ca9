using System.Security.Cryptography;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>The hashed resource access code: what one Alice lets one Bob read under one label.</summary>
/// <remarks>
/// SHA-256 over the domain tag <c>NuCypher.P2P/hrac</c>, a secret that only the two can compute (Diffie-Hellman of
/// Alice's signing key and Bob's encrypting key, 32 bytes), Alice's verifying key (33), Bob's verifying and encrypting
/// key (33 each) and the label in UTF-8, each preceded by its length in 4 bytes. Who guesses Bob and label learns
/// nothing from it, and can't find the treasure map that lies under it. <see cref="Identity.HracFor"/> and
/// <see cref="Identity.HracFrom"/> compute it.
/// </remarks>
/// <param name="Value">The hash.</param>
public readonly record struct Hrac(Digest Value)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = Digest.Size;

    /// <summary>What Ursulas are told in its place.</summary>
    public PolicyName Name => PolicyName.Of(this);

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();

    internal static Hrac Of(DataKey shared, VerifyingKey alice, BobCard bob, PolicyLabel label)
    {
        var secret = new byte[DataKey.Size];
        shared.WriteSecret(secret);
        var hash = DomainHash.Compute(
            DomainTags.Hrac, secret, alice.ToBytes(), bob.VerifyingKey.ToBytes(), bob.EncryptingKey.ToBytes(),
            label.ToBytes());
        CryptographicOperations.ZeroMemory(secret);
        return new Hrac(hash);
    }
}
