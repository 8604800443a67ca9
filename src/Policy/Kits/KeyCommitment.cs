using System.Security.Cryptography;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>
/// Binds a kit to one data key: an AEAD alone lets its maker find bytes that open to two texts under two keys.
/// </summary>
/// <remarks>
/// SHA-256 over the tag <c>NuCypher.P2P/key-commitment</c> and the data key, length-prefixed. It stands behind the
/// capsule and is compared before anything is opened. The data key is drawn anew for each kit, so that it can't be
/// found from its hash.
/// </remarks>
internal static class KeyCommitment
{
    public const int Size = Digest.Size;

    public static Digest To(DataKey key)
    {
        var secret = new byte[DataKey.Size];
        key.WriteSecret(secret);
        var commitment = DomainHash.Compute(DomainTags.KeyCommitment, secret);
        CryptographicOperations.ZeroMemory(secret);
        return commitment;
    }

    /// <summary>Whether these 32 bytes commit to this key.</summary>
    public static bool Fits(ReadOnlySpan<byte> commitment, DataKey key) =>
        CryptographicOperations.FixedTimeEquals(commitment, To(key).ToBytes());
}
