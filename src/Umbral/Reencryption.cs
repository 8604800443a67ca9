using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>What a proxy does with a capsule and its key fragment.</summary>
/// <remarks>
/// E₁ = rk·E, V₁ = rk·V; the proof for U₁ = rk·U, the commitment: E₂ = τ·E, V₂ = τ·V, U₂ = τ·U, z = τ + h·rk.
/// </remarks>
internal static class Reencryption
{
    /// <summary>Re-encrypts and proves; draws τ, 32 bytes. Constant-time.</summary>
    public static VerifiedCapsuleFrag Run(Capsule capsule, VerifiedKeyFrag keyFrag, RandomSource random)
    {
        var key = keyFrag.ReadKey();
        var tau = SecretScalar.Draw(random);
        Span<JacobianPoint> products = stackalloc JacobianPoint[5];
        CurveBackend.Current.MultiplyPairs(capsule.E, capsule.V, key, tau, products[..4]);
        CurveBackend.Current.MultiplyFixed(FixedBase.U, [tau], products[4..]);
        Span<AffinePoint> points = stackalloc AffinePoint[5];
        Affine.From(products, points);

        var bytes = new byte[CapsuleFragLayout.Size];
        Write(bytes, points, keyFrag);
        var challenge = CapsuleFragLayout.Challenge(capsule, bytes);
        Scalar.Add(tau, Scalar.Multiply(challenge, key)).Write(bytes.AsSpan(CapsuleFragLayout.Z));
        return new VerifiedCapsuleFrag(bytes, points[0], points[1]);
    }

    private static void Write(Span<byte> bytes, ReadOnlySpan<AffinePoint> points, VerifiedKeyFrag keyFrag)
    {
        CapsuleFragLayout.Wire.Write(bytes);
        ReadOnlySpan<int> offsets =
        [
            CapsuleFragLayout.E1, CapsuleFragLayout.V1,
            CapsuleFragLayout.E2, CapsuleFragLayout.V2,
            CapsuleFragLayout.U2,
        ];
        for (var i = 0; i < offsets.Length; i++)
            points[i].WriteCompressed(bytes[offsets[i]..]);
        keyFrag.Id.CopyTo(bytes[CapsuleFragLayout.Id..]);
        keyFrag.Precursor.CopyTo(bytes[CapsuleFragLayout.Precursor..]);
        keyFrag.Commitment.CopyTo(bytes[CapsuleFragLayout.U1..]);
        keyFrag.ReceiverSignature.CopyTo(bytes[CapsuleFragLayout.Signature..]);
    }
}
