namespace NuCypher.P2P.Umbral;

/// <summary>Authenticated encryption of whole payloads: nonce ‖ ciphertext ‖ 16-byte tag.</summary>
/// <remarks>
/// With 12-byte nonces (ChaCha20-Poly1305, AES-256-GCM) seal at most 2³² payloads under one key; with XChaCha20-Poly1305 any
/// number. Keys come from an encapsulation, which makes a new one for every payload.
/// </remarks>
public static class Aead
{
    /// <summary>The size of an authentication tag in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>The size of a nonce in bytes: 24 for XChaCha20-Poly1305, else 12.</summary>
    public static int NonceSize(AeadAlgorithm algorithm) => algorithm == AeadAlgorithm.XChaCha20Poly1305 ? 24 : 12;

    /// <summary>How much longer a sealed payload is, in bytes: nonce and tag.</summary>
    public static int Overhead(AeadAlgorithm algorithm) => NonceSize(algorithm) + TagSize;

    /// <summary>Seals under a fresh nonce, which is all that is drawn.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    public static byte[] Seal(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, RandomSource random)
    {
        using var cipher = AeadCipher.Create(algorithm, key.Secret);
        var result = GC.AllocateUninitializedArray<byte>(plaintext.Length + Overhead(algorithm));
        var nonce = result.AsSpan(0, NonceSize(algorithm));
        random.Fill(nonce);
        var ciphertext = result.AsSpan(nonce.Length, plaintext.Length);
        cipher.Seal(nonce, plaintext, associatedData, ciphertext, result.AsSpan(nonce.Length + plaintext.Length));
        return result;
    }

    /// <summary>Opens what <see cref="Seal"/> made with the same key, algorithm and associated data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    public static OpenVerdict Open(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, out byte[]? plaintext)
    {
        plaintext = null;
        var nonceSize = NonceSize(algorithm);
        if (ciphertext.Length < nonceSize)
            return OpenVerdict.CiphertextTooShort;
        if (ciphertext.Length < nonceSize + TagSize)
            return OpenVerdict.AuthenticationFailed;
        using var cipher = AeadCipher.Create(algorithm, key.Secret);
        var opened = GC.AllocateUninitializedArray<byte>(ciphertext.Length - nonceSize - TagSize);
        if (!cipher.TryOpen(ciphertext[..nonceSize], ciphertext[nonceSize..^TagSize], ciphertext[^TagSize..], associatedData, opened))
            return OpenVerdict.AuthenticationFailed;
        plaintext = opened;
        return OpenVerdict.Opened;
    }
}
