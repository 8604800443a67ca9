using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Sums of multiples for public scalars: one run of doublings for all. Not constant-time.</summary>
/// <remarks>Source: Straus (1964), on non-adjacent forms of the halves that the endomorphism gives.</remarks>
internal static class StraussSum
{
    /// <summary>The width of the forms of the terms.</summary>
    public const int Width = 5;

    /// <summary>How many odd multiples of a term's point, and of λ times it, there are.</summary>
    public const int TableSize = 1 << (Width - 2);

    private const int Halves = 2 * NonAdjacentForm.MaxDigits;

    /// <summary>g·G + u·U + Σ kᵢ·Pᵢ for a few terms.</summary>
    /// <param name="g">How often G.</param>
    /// <param name="u">How often U.</param>
    /// <param name="wideG">Odd multiples of G for <see cref="FixedBase.WideWindow"/>, then those of λ·G.</param>
    /// <param name="wideU">The same for U.</param>
    /// <param name="k">The scalars of the terms.</param>
    /// <param name="tables">For each term the odd multiples of P, then those of λ·P.</param>
    [SkipLocalsInit]
    public static JacobianPoint VarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> wideG, ReadOnlySpan<AffinePoint> wideU,
        ReadOnlySpan<Scalar> k, ReadOnlySpan<AffinePoint> tables)
    {
        Span<sbyte> digits = stackalloc sbyte[(k.Length + 2) * Halves];
        digits.Clear();
        var length = NonAdjacentForm.RecodeVarTime(g, FixedBase.WideWindow, digits[..Halves]);
        length = Math.Max(length, NonAdjacentForm.RecodeVarTime(u, FixedBase.WideWindow, digits.Slice(Halves, Halves)));
        for (var j = 0; j < k.Length; j++)
        {
            var recoded = NonAdjacentForm.RecodeVarTime(k[j], Width, digits.Slice((j + 2) * Halves, Halves));
            length = Math.Max(length, recoded);
        }

        var sum = default(JacobianPoint);
        for (var i = length - 1; i >= 0; i--)
        {
            JacobianPoint.Double(out sum, sum);
            Add(ref sum, wideG, digits, i);
            Add(ref sum, wideU, digits, Halves + i);
            for (var j = 0; j < k.Length; j++)
                Add(ref sum, tables.Slice(j * 2 * TableSize, 2 * TableSize), digits, ((j + 2) * Halves) + i);
        }
        return sum;
    }

    /// <summary>Adds the multiples for digit i of both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref JacobianPoint sum, ReadOnlySpan<AffinePoint> table, ReadOnlySpan<sbyte> digits, int i)
    {
        int first = digits[i], second = digits[i + NonAdjacentForm.MaxDigits];
        if (first != 0)
            JacobianPoint.AddVarTime(ref sum, table[Math.Abs(first) >> 1], first < 0);
        if (second != 0)
            JacobianPoint.AddVarTime(ref sum, table[(table.Length / 2) + (Math.Abs(second) >> 1)], second < 0);
    }
}
