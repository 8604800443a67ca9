using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>Multiples of the generators, ready to be encoded.</summary>
internal static class Generator
{
    /// <summary>k·G for a k that is not zero. Constant-time.</summary>
    public static AffinePoint Multiply(in Scalar k)
    {
        Span<JacobianPoint> point = stackalloc JacobianPoint[1];
        CurveBackend.Current.MultiplyFixed(FixedBase.G, [k], point);
        return Affine.From(point[0]);
    }
}
