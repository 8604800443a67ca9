using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>
/// A kfrag on its way to one Ursula: a capsule for her encrypting key, and the kfrag under the encapsulated key.
/// </summary>
/// <remarks>
/// 105 bytes capsule, 24 bytes nonce, 310 bytes, 16 bytes tag (XChaCha20-Poly1305). Associated data: domain tag, policy
/// id, version, Ursula's id: sealed for one place in one deposit.
/// </remarks>
internal static class SealedKeyFrag
{
    public const int Size = Capsule.Size + 24 + KeyFrag.Size + Aead.TagSize;

    public static byte[] Seal(
        ReadOnlySpan<byte> kfrag, PublicKey recipient, PolicyId policy, PolicyVersion version, NodeId ursula,
        RandomSource random)
    {
        var (capsule, key) = ProxyReencryption.Encapsulate(recipient, random);
        using (key)
        {
            var place = Place(policy, version, ursula);
            return [.. capsule.ToBytes(), .. Aead.Seal(AeadAlgorithm.XChaCha20Poly1305, key, kfrag, place, random)];
        }
    }

    /// <summary>Opens and reads the kfrag; false for another recipient or place, and for what is not a kfrag.</summary>
    public static bool TryOpen(
        ReadOnlySpan<byte> bytes, SecretKey recipient, PolicyId policy, PolicyVersion version, NodeId ursula,
        Digest hash, [NotNullWhen(true)] out KeyFrag? kfrag)
    {
        kfrag = null;
        if (bytes.Length != Size || !Capsule.TryRead(bytes[..Capsule.Size], out var capsule))
            return false;
        ProxyReencryption.DecapsulateOriginal(recipient, capsule, out var key);
        using (key)
        {
            var place = Place(policy, version, ursula);
            return key is not null
                && Aead.Open(
                    AeadAlgorithm.XChaCha20Poly1305, key, bytes[Capsule.Size..], place,
                    out var plain) == OpenVerdict.Opened
                && TryRead(plain!, hash, out kfrag);
        }
    }

    public static Digest HashOf(ReadOnlySpan<byte> kfrag) => DomainHash.Compute(DomainTags.KeyFragHash, kfrag);

    private static bool TryRead(byte[] plain, Digest hash, out KeyFrag? kfrag)
    {
        kfrag = null;
        var read = HashOf(plain) == hash && KeyFrag.TryRead(plain, out kfrag);
        CryptographicOperations.ZeroMemory(plain);
        return read;
    }

    private static byte[] Place(PolicyId policy, PolicyVersion version, NodeId ursula) => new FieldWriter()
        .Prefixed(System.Text.Encoding.ASCII.GetBytes(DomainTags.Sealed))
        .Digest(policy.Value).Version(version).NodeId(ursula).ToArray();
}
