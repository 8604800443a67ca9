namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Inverses modulo the group order. Constant-time.</summary>
internal static class ScalarInverse
{
    private static readonly Words256 Exponent =
        Scalar.FromHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd036413f").Words;

    /// <summary>1/a, or zero for zero: a^(n−2).</summary>
    public static Scalar Invert(in Scalar a)
    {
        ReadOnlySpan<ulong> exponent = [Exponent.W0, Exponent.W1, Exponent.W2, Exponent.W3];
        var r = Scalar.One;
        for (var i = 255; i >= 0; i--)
        {
            r = Scalar.Multiply(r, r);
            if (((exponent[i >> 6] >> i) & 1) != 0)
                r = Scalar.Multiply(r, a);
        }
        return r;
    }

    /// <summary>Replaces scalars that are not zero by their inverses. Source: Montgomery's trick.</summary>
    public static void Invert(Span<Scalar> scalars)
    {
        if (scalars.IsEmpty)
            return;
        var prefixes = scalars.Length <= 32 ? stackalloc Scalar[scalars.Length] : new Scalar[scalars.Length];
        prefixes[0] = scalars[0];
        for (var i = 1; i < scalars.Length; i++)
            prefixes[i] = Scalar.Multiply(prefixes[i - 1], scalars[i]);
        var inverse = Invert(prefixes[^1]);
        for (var i = scalars.Length - 1; i > 0; i--)
        {
            var next = Scalar.Multiply(inverse, scalars[i]);
            scalars[i] = Scalar.Multiply(inverse, prefixes[i - 1]);
            inverse = next;
        }
        scalars[0] = inverse;
        prefixes.Clear();
    }
}
