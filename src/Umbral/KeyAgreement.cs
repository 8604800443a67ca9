using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// A secret that two parties compute from one's secret and the other's public key: Diffie and Hellman on secp256k1.
/// </summary>
/// <remarks>
/// Key derivation as for capsules; give it to a hash with a tag of its own. Constant-time in the secret.
/// </remarks>
public static class KeyAgreement
{
    /// <summary>The side of the one who signs.</summary>
    public static DataKey Agree(Signer own, PublicKey other) => Agree(own.Scalar, other.Point);

    /// <summary>The side of the one who decrypts: the same secret.</summary>
    public static DataKey Agree(SecretKey own, VerifyingKey other) => Agree(own.Scalar, other.Point);

    private static DataKey Agree(in Scalar own, in AffinePoint other)
    {
        CurveBackend.Current.Multiply(JacobianPoint.From(other), own, out var shared);
        return DataKey.From(Affine.From(shared));
    }
}
