using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>Interpolation at zero: λⱼ = Π iₘ/(iₘ − iⱼ) over the other coordinates.</summary>
internal static class LagrangeBasis
{
    /// <summary>
    /// Replaces coordinates by factor·λⱼ, with one scalar inversion; false if two are the same. Constant-time.
    /// </summary>
    public static bool TryReplace(Span<Scalar> coordinates, in Scalar factor)
    {
        var (over, under) = (new Scalar[coordinates.Length], new Scalar[coordinates.Length]);
        for (var j = 0; j < coordinates.Length; j++)
            (over[j], under[j]) = Terms(coordinates, j, factor);
        if (Array.Exists(under, u => u.IsZero))
            return false;
        ScalarInverse.Invert(under);
        for (var j = 0; j < coordinates.Length; j++)
            coordinates[j] = Scalar.Multiply(over[j], under[j]);
        Array.Clear(over);
        Array.Clear(under);
        return true;
    }

    private static (Scalar Over, Scalar Under) Terms(ReadOnlySpan<Scalar> coordinates, int j, in Scalar factor)
    {
        var (over, under) = (factor, Scalar.One);
        for (var m = 0; m < coordinates.Length; m++)
        {
            if (m == j)
                continue;
            over = Scalar.Multiply(over, coordinates[m]);
            under = Scalar.Multiply(under, Scalar.Subtract(coordinates[m], coordinates[j]));
        }
        return (over, under);
    }
}
