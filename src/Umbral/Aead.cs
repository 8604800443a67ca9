namespace NuCypher.P2P.Umbral;

/// <summary>Authenticated encryption of whole payloads: nonce ‖ ciphertext ‖ 16-byte tag.</summary>
/// <remarks>
/// With 12-byte nonces (ChaCha20-Poly1305, AES-256-GCM) seal at most 2³² payloads under one key; with
/// XChaCha20-Poly1305 any number. Keys come from an encapsulation, which makes a new one for every payload.
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
    /// <exception cref="PlatformNotSupportedException">The operating system does not have it.</exception>
    public static byte[] Seal(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData,
        RandomSource random)
    {
        var result = GC.AllocateUninitializedArray<byte>(plaintext.Length + Overhead(algorithm));
        Seal(algorithm, key, plaintext, associatedData, random, result);
        return result;
    }

    /// <summary>The same into a buffer of the caller, who need not allocate for every payload.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The key.</param>
    /// <param name="plaintext">What is sealed.</param>
    /// <param name="associatedData">What is authenticated with it.</param>
    /// <param name="random">Draws the nonce.</param>
    /// <param name="destination">As long as the plaintext and the overhead together; apart from the plaintext.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system does not have it.</exception>
    public static void Seal(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData,
        RandomSource random,
        Span<byte> destination)
    {
        if (destination.Length != plaintext.Length + Overhead(algorithm))
            throw new ArgumentException(
                "The destination must be as long as the plaintext and the overhead.", nameof(destination));
        using var cipher = AeadCipher.Create(algorithm, key.Secret);
        var nonce = destination[..NonceSize(algorithm)];
        random.Fill(nonce);
        var ciphertext = destination.Slice(nonce.Length, plaintext.Length);
        cipher.Seal(nonce, plaintext, associatedData, ciphertext, destination[(nonce.Length + plaintext.Length)..]);
    }

    /// <summary>Opens what <c>Seal</c> made with the same key, algorithm and associated data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    public static OpenVerdict Open(
        AeadAlgorithm algorithm, DataKey key, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData,
        out byte[]? plaintext)
    {
        plaintext = null;
        var nonceSize = NonceSize(algorithm);
        if (ciphertext.Length < nonceSize)
            return OpenVerdict.CiphertextTooShort;
        if (ciphertext.Length < nonceSize + TagSize)
            return OpenVerdict.AuthenticationFailed;
        using var cipher = AeadCipher.Create(algorithm, key.Secret);
        var opened = GC.AllocateUninitializedArray<byte>(ciphertext.Length - nonceSize - TagSize);
        if (!cipher.TryOpen(
            ciphertext[..nonceSize], ciphertext[nonceSize..^TagSize], ciphertext[^TagSize..], associatedData, opened))
            return OpenVerdict.AuthenticationFailed;
        plaintext = opened;
        return OpenVerdict.Opened;
    }
}
