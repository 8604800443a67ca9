using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>One sum of a few multiples, each point operation across the lanes. Constant-time.</summary>
internal static class RowSum
{
    /// <summary>The entries of a table: 1, 3, …, 31 times a point.</summary>
    public const int TableSize = 16;

    private const int Width = 5;
    private const int DigitCount = SignedDigits.HalfCount;

    private static readonly LaneElement Beta =
        LaneElement.Create(AffinePoint.Beta, FieldElement.One, FieldElement.One, FieldElement.One);

    private static readonly RowPoint[] WideG = MakeWide(FixedBase.G);
    private static readonly RowPoint[] WideU = MakeWide(FixedBase.U);

    /// <summary>Odd multiples of a point, and those of λ times it.</summary>
    public static void FillTables(in RowPoint p, Span<RowPoint> table, Span<RowPoint> mapped)
    {
        var twice = p;
        RowPoint.Double(ref twice);
        table[0] = p;
        for (var i = 1; i < table.Length; i++)
        {
            table[i] = table[i - 1];
            RowPoint.Add(ref table[i], twice);
        }
        for (var i = 0; i < table.Length; i++)
            LaneProduct.Multiply(out mapped[i].Row, table[i].Row, Beta);
    }

    /// <summary>g·G + u·U + Σ kᵢ·Pᵢ for a few public scalars.</summary>
    [SkipLocalsInit]
    public static JacobianPoint VarTime(in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k)
    {
        const int Size = StraussSum<RowPoint, RowPoint>.TableSize;
        Span<RowPoint> tables = stackalloc RowPoint[p.Length * 2 * Size];
        for (var i = 0; i < p.Length; i++)
        {
            var both = tables.Slice(2 * i * Size, 2 * Size);
            FillTables(RowPoint.From(p[i]), both[..Size], both[Size..]);
        }
        return StraussSum<RowPoint, RowPoint>.VarTime(g, u, WideG, WideU, k, tables).ToJacobian();
    }

    /// <summary>The sum over the tables of what their digits stand for.</summary>
    public static RowPoint Run(ReadOnlySpan<RowPoint> tables, ReadOnlySpan<byte> digits)
    {
        var sum = RowPoint.Zero;
        for (var i = DigitCount - 1; i >= 0; i--)
        {
            RowPoint.Double(ref sum, Width);
            for (var t = 0; t * TableSize < tables.Length; t++)
            {
                Select(out var entry, tables.Slice(t * TableSize, TableSize), digits[(t * DigitCount) + i]);
                RowPoint.Add(ref sum, entry);
            }
        }
        return sum;
    }

    /// <summary>Reads every entry, and keeps the one that the digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(out RowPoint r, ReadOnlySpan<RowPoint> table, long digit)
    {
        var negative = (digit >> 4) - 1;
        var index = Vector256.Create((digit ^ negative) & 15);
        LaneElement.Select(out r.Row, in table[0].Row, 1, TableSize, index);
        r.NegateIf(negative);
    }

    private static RowPoint[] MakeWide(FixedBase generator) => [.. generator.Wide.Select(p => RowPoint.From(p))];
}
