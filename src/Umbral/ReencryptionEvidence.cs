using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// Everything that a party with little arithmetic, such as a smart contract, needs to judge a capsule fragment.
/// </summary>
/// <remarks>
/// 528 bytes, MessagePack: <c>dc 00 10</c>; fourteen <c>c4 21</c> + point: E, z·E, E₁, h·E₁, E₂, V, z·V, V₁, h·V₁, V₂,
/// z·U, U₁, h·U₁, U₂; <c>c4 20</c> + SHA-256 of what the delegator signed; <c>c3</c> or <c>c2</c>: bit 0 of the
/// recovery byte that finds the verifying key from the signature.
/// </remarks>
public sealed class ReencryptionEvidence
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 528;

    private const int PointCount = 14;

    private readonly byte[] _bytes = new byte[Size];

    private ReencryptionEvidence(ReadOnlySpan<AffinePoint> points, ReadOnlySpan<byte> digest, int recoveryId)
    {
        Span<byte> rest = _bytes;
        rest[0] = 0xDC;
        rest[2] = PointCount + 2;
        rest = rest[3..];
        foreach (var point in points)
        {
            WireLayout.Point.CopyTo(rest);
            point.WriteCompressed(rest[2..]);
            rest = rest[35..];
        }
        WireLayout.Scalar.CopyTo(rest);
        digest.CopyTo(rest[2..]);
        rest[^1] = recoveryId == 1 ? KeyFragLayout.True : KeyFragLayout.False;
    }

    /// <summary>
    /// Gathers the evidence; false if the delegator did not sign the fragment's commitment for these keys.
    /// </summary>
    /// <remarks>Says nothing about the proof: that is for the reader of the evidence to judge.</remarks>
    public static bool TryCreate(
        Capsule capsule, CapsuleFrag capsuleFrag, VerifyingKey verifyingKey, PublicKey delegatingKey,
        PublicKey receivingKey,
        [NotNullWhen(true)] out ReencryptionEvidence? evidence)
    {
        evidence = null;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        capsuleFrag.HashMessage(delegatingKey, receivingKey, digest);
        Span<AffinePoint> points = stackalloc AffinePoint[PointCount];
        if (!TryFindRecoveryId(
            capsuleFrag.Signature, digest, verifyingKey, out var id) || !TryFill(capsule, capsuleFrag, points))
            return false;
        evidence = new ReencryptionEvidence(points, digest, id);
        return true;
    }

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. _bytes];

    private static bool TryFindRecoveryId(
        Signature signature, ReadOnlySpan<byte> digest, VerifyingKey expected, out int id)
    {
        for (id = 0; id < 2; id++)
        {
            if (new RecoverableSignature(signature, id).TryRecover(digest, out var key) && key.Equals(expected))
                return true;
        }
        return false;
    }

    /// <summary>The points in order; false if one of the products is the identity, which has no encoding.</summary>
    private static bool TryFill(Capsule capsule, CapsuleFrag fragment, Span<AffinePoint> points)
    {
        var (z, h) = (fragment.Z, CapsuleFragLayout.Challenge(capsule, fragment.Bytes));
        Span<JacobianPoint> products =
        [
            Multiply(capsule.E, z), Multiply(fragment.E1, h), Multiply(capsule.V, z), Multiply(fragment.V1, h),
            Multiply(AffinePoint.U, z), Multiply(fragment.U1, h),
        ];
        foreach (var product in products)
        {
            if (product.IsIdentity)
                return false;
        }
        Span<AffinePoint> affine = stackalloc AffinePoint[products.Length];
        Affine.From(products, affine);
        ReadOnlySpan<AffinePoint> all =
        [
            capsule.E, affine[0], fragment.E1, affine[1], fragment.E2,
            capsule.V, affine[2], fragment.V1, affine[3], fragment.V2,
            affine[4], fragment.U1, affine[5], fragment.U2,
        ];
        all.CopyTo(points);
        return true;
    }

    private static JacobianPoint Multiply(in AffinePoint point, in Scalar k)
    {
        CurveBackend.Current.SumVarTime(default, default, [point], [k], out var product);
        return product;
    }
}
