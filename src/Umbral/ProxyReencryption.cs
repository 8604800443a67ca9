namespace NuCypher.P2P.Umbral;

/// <summary>Umbral: threshold proxy re-encryption over secp256k1.</summary>
public static class ProxyReencryption
{
    /// <summary>Encapsulates a fresh key for the delegating key and seals the plaintext with it.</summary>
    public static (Capsule Capsule, byte[] Ciphertext) Encrypt(
        PublicKey delegatingKey, ReadOnlySpan<byte> plaintext, RandomSource random) => throw new NotImplementedException();

    /// <summary>Opens with the key that the payload was encrypted to.</summary>
    public static OpenVerdict DecryptOriginal(
        SecretKey delegatingKey, Capsule capsule, ReadOnlySpan<byte> ciphertext, out byte[]? plaintext) => throw new NotImplementedException();

    /// <summary>Splits a re-encryption key from delegator to receiver into shares of which any threshold suffice.</summary>
    public static IReadOnlyList<VerifiedKeyFrag> GenerateKeyFrags(
        SecretKey delegatingKey, PublicKey receivingKey, Signer signer, int threshold, int shares,
        bool signDelegatingKey, bool signReceivingKey, RandomSource random) => throw new NotImplementedException();

    /// <summary>Re-encrypts a capsule with one key fragment, and proves it.</summary>
    public static VerifiedCapsuleFrag Reencrypt(Capsule capsule, VerifiedKeyFrag keyFrag, RandomSource random) => throw new NotImplementedException();

    /// <summary>Opens with the receiver's key and enough re-encryptions.</summary>
    public static OpenVerdict DecryptReencrypted(
        SecretKey receivingKey, PublicKey delegatingKey, Capsule capsule, IReadOnlyList<VerifiedCapsuleFrag> capsuleFrags,
        ReadOnlySpan<byte> ciphertext, out byte[]? plaintext) => throw new NotImplementedException();

    /// <summary>Encapsulates a fresh key alone, for streams and other payload encryptions.</summary>
    public static (Capsule Capsule, DataKey Key) Encapsulate(PublicKey delegatingKey, RandomSource random) => throw new NotImplementedException();

    /// <summary>Recovers an encapsulated key with the key that it was encapsulated for.</summary>
    public static OpenVerdict DecapsulateOriginal(SecretKey delegatingKey, Capsule capsule, out DataKey? key) => throw new NotImplementedException();

    /// <summary>Recovers an encapsulated key with the receiver's key and enough re-encryptions.</summary>
    public static OpenVerdict DecapsulateReencrypted(
        SecretKey receivingKey, PublicKey delegatingKey, Capsule capsule, IReadOnlyList<VerifiedCapsuleFrag> capsuleFrags,
        out DataKey? key) => throw new NotImplementedException();
}
