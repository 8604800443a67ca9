namespace NuCypher.P2P.Umbral;

/// <summary>
/// The authenticated encryptions that a payload can be sealed with; all take 32-byte keys and 16-byte tags.
/// </summary>
public enum AeadAlgorithm
{
    /// <summary>
    /// XChaCha20-Poly1305, 24-byte nonces: random nonces never collide in practice. The default of the scheme.
    /// </summary>
    XChaCha20Poly1305 = 1,

    /// <summary>ChaCha20-Poly1305 of RFC 8439, 12-byte nonces.</summary>
    ChaCha20Poly1305 = 2,

    /// <summary>AES-256-GCM of NIST SP 800-38D, 12-byte nonces.</summary>
    Aes256Gcm = 3,
}
