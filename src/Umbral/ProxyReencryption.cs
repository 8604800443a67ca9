using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>Umbral: threshold proxy re-encryption over secp256k1.</summary>
/// <remarks>
/// A delegator encrypts to herself, and later lets a receiver read: she splits a re-encryption key into shares, one for
/// each proxy, of which any threshold suffice. A proxy re-encrypts the capsule alone and proves it; it learns nothing
/// of the payload. Source: Umbral (2018), and byte for byte umbral-pre 0.10. Arithmetic on secrets is constant-time.
/// </remarks>
public static class ProxyReencryption
{
    private const AeadAlgorithm PayloadAlgorithm = AeadAlgorithm.XChaCha20Poly1305;

    /// <summary>Encapsulates a fresh key for the delegating key and seals the plaintext with it.</summary>
    /// <returns>The capsule, and nonce (24 bytes) ‖ ciphertext ‖ tag (16 bytes).</returns>
    /// <remarks>
    /// XChaCha20-Poly1305 over the plain capsule as associated data. Draws r, u (32 bytes each), then the nonce.
    /// </remarks>
    public static (Capsule Capsule, byte[] Ciphertext) Encrypt(
        PublicKey delegatingKey, ReadOnlySpan<byte> plaintext, RandomSource random)
    {
        var (capsule, key) = Encapsulate(delegatingKey, random);
        using (key)
            return (capsule, Aead.Seal(PayloadAlgorithm, key, plaintext, capsule.Plain, random));
    }

    /// <summary>Opens with the key that the payload was encrypted to.</summary>
    public static OpenVerdict DecryptOriginal(
        SecretKey delegatingKey, Capsule capsule, ReadOnlySpan<byte> ciphertext, out byte[]? plaintext)
    {
        DecapsulateOriginal(delegatingKey, capsule, out var key);
        using (key)
            // always opens, see there
            return Aead.Open(PayloadAlgorithm, key!, ciphertext, capsule.Plain, out plaintext);
    }

    /// <summary>
    /// Splits a re-encryption key from delegator to receiver into shares of which any threshold suffice.
    /// </summary>
    /// <param name="delegatingKey">The delegator's, whose payloads the receiver will read.</param>
    /// <param name="receivingKey">The receiver's.</param>
    /// <param name="signer">The delegator's; proxies and receiver verify with its verifying key.</param>
    /// <param name="threshold">How many shares open, from 1.</param>
    /// <param name="shares">How many there are, at least the threshold.</param>
    /// <param name="signDelegatingKey">Whether what proxies verify covers the delegating key.</param>
    /// <param name="signReceivingKey">Whether what proxies verify covers the receiving key.</param>
    /// <param name="random">Draws x and threshold − 1 coefficients, then id and two hedges for each share, 32 bytes
    /// each.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ threshold ≤ shares.</exception>
    public static IReadOnlyList<VerifiedKeyFrag> GenerateKeyFrags(
        SecretKey delegatingKey, PublicKey receivingKey, Signer signer, int threshold, int shares,
        bool signDelegatingKey, bool signReceivingKey, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, shares);
        var grant = new Grant(delegatingKey, receivingKey, signer, signDelegatingKey, signReceivingKey);
        return grant.Split(threshold, shares, random);
    }

    /// <summary>Re-encrypts a capsule with one key fragment, and proves it; draws τ, 32 bytes.</summary>
    public static VerifiedCapsuleFrag Reencrypt(Capsule capsule, VerifiedKeyFrag keyFrag, RandomSource random) =>
        Reencryption.Run(capsule, keyFrag, random);

    /// <summary>
    /// Opens with the receiver's key and enough re-encryptions, in any order; more than enough is fine.
    /// </summary>
    public static OpenVerdict DecryptReencrypted(
        SecretKey receivingKey, PublicKey delegatingKey, Capsule capsule,
        IReadOnlyList<VerifiedCapsuleFrag> capsuleFrags,
        ReadOnlySpan<byte> ciphertext, out byte[]? plaintext)
    {
        plaintext = null;
        var verdict = DecapsulateReencrypted(receivingKey, delegatingKey, capsule, capsuleFrags, out var key);
        using (key)
            return key is null ? verdict : Aead.Open(PayloadAlgorithm, key, ciphertext, capsule.Plain, out plaintext);
    }

    /// <summary>
    /// Encapsulates a fresh key alone, for streams and other payload encryptions; draws r and u, 32 bytes each.
    /// </summary>
    /// <remarks>E = r·G, V = u·G, s = u + r·h, shared point (r + u)·A.</remarks>
    public static (Capsule Capsule, DataKey Key) Encapsulate(PublicKey delegatingKey, RandomSource random)
    {
        var (r, u) = (SecretScalar.Draw(random), SecretScalar.Draw(random));
        Span<JacobianPoint> points = stackalloc JacobianPoint[3];
        CurveBackend.Current.MultiplyFixed(FixedBase.G, [r, u], points);
        CurveBackend.Current.Multiply(JacobianPoint.From(delegatingKey.Point), Scalar.Add(r, u), out points[2]);
        Span<AffinePoint> affine = stackalloc AffinePoint[3];
        Affine.From(points, affine);
        var capsule = new Capsule(affine[0], affine[1], r, u);
        return (capsule, DataKey.From(affine[2]));
    }

    /// <summary>Recovers an encapsulated key with the key that it was encapsulated for.</summary>
    /// <returns>Always <see cref="OpenVerdict.Opened"/>: only a payload can show that the key is another one.</returns>
    /// <remarks>The shared point is a·(E + V), never the identity, because a capsule with V = −E is not read.</remarks>
    public static OpenVerdict DecapsulateOriginal(SecretKey delegatingKey, Capsule capsule, out DataKey? key)
    {
        CurveBackend.Current.Multiply(capsule.Sum(), delegatingKey.Scalar, out var point);
        key = DataKey.From(Affine.From(point));
        return OpenVerdict.Opened;
    }

    /// <summary>Recovers an encapsulated key with the receiver's key and enough re-encryptions.</summary>
    public static OpenVerdict DecapsulateReencrypted(
        SecretKey receivingKey, PublicKey delegatingKey, Capsule capsule,
        IReadOnlyList<VerifiedCapsuleFrag> capsuleFrags,
        out DataKey? key) =>
        Opening.Open(receivingKey, delegatingKey, capsule, capsuleFrags, out key);
}
