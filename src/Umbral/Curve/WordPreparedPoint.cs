using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Odd multiples of a point, and of 2³³, 2⁶⁶ and 2⁹⁹ times it: a quarter of the doublings is left.</summary>
internal sealed class WordPreparedPoint : PreparedPoint
{
    private const int Parts = 4;
    private const int Spacing = (NonAdjacentForm.MaxDigits + Parts - 1) / Parts;
    private const int Width = 6;
    private const int Halves = 2 * NonAdjacentForm.MaxDigits;

    private static readonly AffinePoint[] WideG = MakeTables(AffinePoint.G, FixedBase.WideWindow);

    private readonly AffinePoint[] _tables;

    public WordPreparedPoint(in AffinePoint p) => _tables = MakeTables(p, Width);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void SumVarTime(in Scalar g, in Scalar k, out JacobianPoint sum)
    {
        Span<sbyte> digits = stackalloc sbyte[2 * Halves];
        digits.Clear();
        NonAdjacentForm.RecodeVarTime(g, FixedBase.WideWindow, digits[..Halves]);
        NonAdjacentForm.RecodeVarTime(k, Width, digits[Halves..]);
        sum = default;
        for (var i = Spacing - 1; i >= 0; i--)
        {
            JacobianPoint.Double(out sum, sum);
            AddColumn(ref sum, WideG, digits[..Halves], i);
            AddColumn(ref sum, _tables, digits[Halves..], i);
        }
    }

    /// <summary>Adds the multiples for digit i of each part of both halves.</summary>
    private static void AddColumn(
        ref JacobianPoint sum, ReadOnlySpan<AffinePoint> tables, ReadOnlySpan<sbyte> digits, int i)
    {
        var size = tables.Length / Parts;
        for (var part = 0; part < Parts && i < NonAdjacentForm.MaxDigits; part++, i += Spacing)
            StraussSum.Add(ref sum, tables.Slice(part * size, size), digits, i);
    }

    /// <summary>For each part the affine odd multiples, then those of λ times the point.</summary>
    private static AffinePoint[] MakeTables(in AffinePoint p, int width)
    {
        Span<JacobianPoint> parts = stackalloc JacobianPoint[Parts];
        Span<AffinePoint> affine = stackalloc AffinePoint[Parts];
        parts[0] = JacobianPoint.From(p);
        for (var part = 1; part < Parts; part++)
        {
            parts[part] = parts[part - 1];
            for (var i = 0; i < Spacing; i++)
                JacobianPoint.Double(out parts[part], parts[part]);
        }
        Affine.From(parts, affine);
        var tables = new AffinePoint[Parts * 2 << (width - 2)];
        OddMultiples.FillAffine(affine, 1 << (width - 2), tables);
        return tables;
    }
}
