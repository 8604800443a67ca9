using System.Security.Cryptography;

namespace NuCypher.P2P.Umbral;

/// <summary>One of the authenticated encryptions under one key and any nonces.</summary>
internal abstract class AeadCipher : IDisposable
{
    /// <summary>The cipher of an algorithm; the key stays the caller's, and must outlive the cipher.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such algorithm.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system does not have it.</exception>
    public static AeadCipher Create(AeadAlgorithm algorithm, SecretBytes key)
    {
        Require(algorithm, algorithm == AeadAlgorithm.Aes256Gcm ? AesGcm.IsSupported : ChaCha20Poly1305.IsSupported);
        return algorithm switch
        {
            AeadAlgorithm.XChaCha20Poly1305 => new XChaChaCipher(key),
            AeadAlgorithm.ChaCha20Poly1305 => new ChaChaCipher(key.Span),
            AeadAlgorithm.Aes256Gcm => new AesCipher(key.Span),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        };
    }

    /// <summary>
    /// Refuses what the operating system's library does not offer; there is no implementation of our own to fall back
    /// on.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">Not supported.</exception>
    public static void Require(AeadAlgorithm algorithm, bool supported)
    {
        if (!supported)
        {
            throw new PlatformNotSupportedException(
                $"{algorithm} needs the operating system's cryptography "
                + "(OpenSSL 1.1 or later, Windows 10 20142 or later, macOS).");
        }
    }

    /// <summary>Encrypts; the ciphertext is as long as the plaintext, the tag 16 bytes.</summary>
    public abstract void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData,
        Span<byte> ciphertext, Span<byte> tag);

    /// <summary>Decrypts; false, and nothing written that tells anything, if the tag is wrong.</summary>
    public abstract bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag,
        ReadOnlySpan<byte> associatedData, Span<byte> plaintext);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class ChaChaCipher(ReadOnlySpan<byte> key) : AeadCipher
    {
        private readonly ChaCha20Poly1305 _cipher = new(key);

        public override void Seal(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData,
            Span<byte> ciphertext, Span<byte> tag) =>
            _cipher.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);

        public override bool TryOpen(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag,
            ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
        {
            try
            {
                _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                return false;
            }
        }

        public override void Dispose() => _cipher.Dispose();
    }

    private sealed class AesCipher(ReadOnlySpan<byte> key) : AeadCipher
    {
        private readonly AesGcm _cipher = new(key, Aead.TagSize);

        public override void Seal(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData,
            Span<byte> ciphertext, Span<byte> tag) =>
            _cipher.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);

        public override bool TryOpen(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag,
            ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
        {
            try
            {
                _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                return false;
            }
        }

        public override void Dispose() => _cipher.Dispose();
    }

    /// <summary>
    /// ChaCha20-Poly1305 under a key derived from 16 bytes of the nonce, with 4 zero bytes and the other 8.
    /// </summary>
    private sealed class XChaChaCipher(SecretBytes key) : AeadCipher
    {
        public override void Seal(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData,
            Span<byte> ciphertext, Span<byte> tag)
        {
            Span<byte> shortNonce = stackalloc byte[12];
            using var cipher = Derive(nonce, shortNonce);
            cipher.Seal(shortNonce, plaintext, associatedData, ciphertext, tag);
        }

        public override bool TryOpen(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag,
            ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
        {
            Span<byte> shortNonce = stackalloc byte[12];
            using var cipher = Derive(nonce, shortNonce);
            return cipher.TryOpen(shortNonce, ciphertext, tag, associatedData, plaintext);
        }

        public override void Dispose()
        {
            // Each message's cipher is disposed with the message.
        }

        private ChaChaCipher Derive(ReadOnlySpan<byte> nonce, Span<byte> shortNonce)
        {
            Span<byte> derived = stackalloc byte[DataKey.Size];
            HChaCha20.DeriveKey(key.Span, nonce[..16], derived);
            shortNonce.Clear();
            nonce[16..].CopyTo(shortNonce[4..]);
            var cipher = new ChaChaCipher(derived);
            CryptographicOperations.ZeroMemory(derived);
            return cipher;
        }
    }
}
