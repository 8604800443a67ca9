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

    /// <summary>Odd multiples of a point, then those of λ times it: two tables.</summary>
    public static void FillTables(in RowPoint p, Span<RowPoint> tables)
    {
        var twice = p;
        RowPoint.Double(ref twice);
        tables[0] = p;
        for (var i = 1; i < TableSize; i++)
        {
            tables[i] = tables[i - 1];
            RowPoint.Add(ref tables[i], twice);
        }
        for (var i = 0; i < TableSize; i++)
            LaneProduct.Multiply(out tables[TableSize + i].Row, tables[i].Row, Beta);
    }

    /// <summary>The sum over the tables of what their digits stand for.</summary>
    public static RowPoint Run(ReadOnlySpan<RowPoint> tables, ReadOnlySpan<byte> digits)
    {
        var sum = RowPoint.Identity;
        for (var i = DigitCount - 1; i >= 0; i--)
        {
            for (var d = 0; d < Width; d++)
                RowPoint.Double(ref sum);
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
        r = table[0];
        for (var i = 1; i < table.Length; i++)
            r.Row.TakeIf(table[i].Row, Vector256.Equals(index, Vector256.Create((long)i)));
        r.Row.NegateIf(Vector256.Create(0L, negative, 0, 0));
    }
}
