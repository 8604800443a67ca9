using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>What a receiver does with enough capsule fragments.</summary>
/// <remarks>
/// D = b·X, coordinates iⱼ = H(X, B, D, idⱼ), Lagrange coefficients λⱼ at zero, d = H(X, B, D). With S_E = Σ d·λⱼ·E₁ⱼ
/// and S_V alike the shared point is S_E + S_V, and s·A = h·S_E + S_V says that it is the right one.
/// </remarks>
internal static class Opening
{
    private const int Point = PublicKey.Size;

    public static OpenVerdict Open(
        SecretKey receivingKey, PublicKey delegatingKey, Capsule capsule, IReadOnlyList<VerifiedCapsuleFrag> fragments,
        out DataKey? key)
    {
        key = null;
        if (fragments.Count == 0)
            return OpenVerdict.NoCapsuleFrags;
        foreach (var fragment in fragments)
        {
            if (!fragment.Precursor.SequenceEqual(fragments[0].Precursor))
                return OpenVerdict.MismatchedCapsuleFrags;
        }
        var scalars = new Scalar[fragments.Count];
        var verdict = ReadCoefficients(receivingKey, fragments, scalars);
        if (verdict == OpenVerdict.Opened)
            verdict = Combine(delegatingKey, capsule, fragments, scalars, out key);
        Array.Clear(scalars);
        return verdict;
    }

    /// <summary>d·λⱼ for each fragment. Constant-time, but for whether two ids are the same.</summary>
    private static OpenVerdict ReadCoefficients(
        SecretKey receivingKey, IReadOnlyList<VerifiedCapsuleFrag> fragments, Span<Scalar> scalars)
    {
        Span<byte> shareInput = stackalloc byte[(3 * Point) + KeyFragLayout.IdSize];
        if (!TryAgreeOn(receivingKey, fragments[0].Precursor, shareInput[..(3 * Point)]))
            return OpenVerdict.ValidationFailed;
        for (var j = 0; j < scalars.Length; j++)
        {
            fragments[j].Id.CopyTo(shareInput[(3 * Point)..]);
            scalars[j] = HashToScalar.ShareCoordinate(shareInput);
        }
        var d = HashToScalar.SharedSecret(shareInput[..(3 * Point)]);
        CryptographicOperations.ZeroMemory(shareInput);
        return LagrangeBasis.TryReplace(scalars, d) ? OpenVerdict.Opened : OpenVerdict.RepeatedCapsuleFrag;
    }

    /// <summary>Writes X ‖ B ‖ D.</summary>
    private static bool TryAgreeOn(SecretKey receivingKey, ReadOnlySpan<byte> precursor, Span<byte> points)
    {
        if (AffinePoint.ReadCompressed(precursor, out var x) != ReadVerdict.Ok)
            return false;
        CurveBackend.Current.Multiply(JacobianPoint.From(x), receivingKey.Scalar, out var d);
        precursor.CopyTo(points);
        receivingKey.PublicKey.Write(points[Point..]);
        Affine.From(d).WriteCompressed(points[(2 * Point)..]);
        return true;
    }

    private static OpenVerdict Combine(
        PublicKey delegatingKey, Capsule capsule, IReadOnlyList<VerifiedCapsuleFrag> fragments,
        ReadOnlySpan<Scalar> scalars,
        out DataKey? key)
    {
        key = null;
        var (e1, v1) = (new AffinePoint[scalars.Length], new AffinePoint[scalars.Length]);
        for (var j = 0; j < scalars.Length; j++)
            (e1[j], v1[j]) = (fragments[j].E1, fragments[j].V1);
        CurveBackend.Current.SumPairs(e1, v1, scalars, out var sumE, out var sumV);
        var shared = sumE;
        JacobianPoint.AddVarTime(ref shared, sumV);
        if (sumE.IsIdentity || sumV.IsIdentity || shared.IsIdentity)
            return OpenVerdict.ValidationFailed;
        Span<AffinePoint> affine = stackalloc AffinePoint[3];
        Affine.From([sumE, sumV, shared], affine);
        var minusOne = Scalar.Negate(Scalar.One);
        CurveBackend.Current.SumVarTime(
            default, default, [delegatingKey.Point, affine[0], affine[1]],
            [capsule.S, Scalar.Negate(capsule.H), minusOne], out var difference);
        if (!difference.IsIdentity)
            return OpenVerdict.ValidationFailed;
        key = DataKey.From(affine[2]);
        return OpenVerdict.Opened;
    }
}
