namespace NuCypher.P2P.Umbral;

/// <summary>Authenticated encryption of whole payloads: nonce ‖ ciphertext ‖ 16-byte tag.</summary>
public static class Aead
{
    /// <summary>The size of an authentication tag in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>The size of a nonce in bytes: 24 for XChaCha20-Poly1305, else 12.</summary>
    public static int NonceSize(AeadAlgorithm algorithm) => throw new NotImplementedException();

    /// <summary>How much longer a sealed payload is: nonce and tag.</summary>
    public static int Overhead(AeadAlgorithm algorithm) => NonceSize(algorithm) + TagSize;

    /// <summary>Seals under a fresh random nonce.</summary>
    public static byte[] Seal(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, RandomSource random) =>
        throw new NotImplementedException();

    /// <summary>Opens what <see cref="Seal(AeadAlgorithm, DataKey, ReadOnlySpan{byte}, ReadOnlySpan{byte}, RandomSource)"/> made.</summary>
    public static OpenVerdict Open(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, out byte[]? plaintext) =>
        throw new NotImplementedException();
}
