namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Inverses modulo the group order. Constant-time, but for VarTime.</summary>
internal static class ScalarInverse
{
    /// <summary>1/a, or zero for zero.</summary>
    public static Scalar Invert(in Scalar a) => Scalar.FromReducedWords(SafeGcd.Order.Invert(a.Words));

    /// <summary>Replaces scalars that are not zero by their inverses. Source: Montgomery's trick.</summary>
    public static void Invert(Span<Scalar> scalars) => Replace(scalars, isPublic: false);

    /// <summary>The same for public scalars. Not constant-time.</summary>
    public static void InvertVarTime(Span<Scalar> scalars) => Replace(scalars, isPublic: true);

    private static void Replace(Span<Scalar> scalars, bool isPublic)
    {
        if (scalars.IsEmpty)
            return;
        var prefixes = scalars.Length <= 32 ? stackalloc Scalar[scalars.Length] : new Scalar[scalars.Length];
        prefixes[0] = scalars[0];
        for (var i = 1; i < scalars.Length; i++)
            prefixes[i] = Scalar.Multiply(prefixes[i - 1], scalars[i]);
        var inverse = isPublic
            ? Scalar.FromReducedWords(SafeGcd.Order.InvertVarTime(prefixes[^1].Words))
            : Invert(prefixes[^1]);
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
