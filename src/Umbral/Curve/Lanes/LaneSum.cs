using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Sums of multiples, four sums at once, with one run of doublings. Constant-time.</summary>
internal static class LaneSum
{
    /// <summary>The entries of a table: 1, 3, …, 31 times a point.</summary>
    public const int TableSize = 16;

    /// <summary>The windows of a table's digits.</summary>
    public const int DigitCount = SignedDigits.HalfCount;

    private const int Width = 5;

    private static readonly LaneElement Beta =
        LaneElement.Create(AffinePoint.Beta, AffinePoint.Beta, AffinePoint.Beta, AffinePoint.Beta);

    /// <summary>Odd multiples of four points.</summary>
    public static void FillTable(in LanePoint p, Span<LanePoint> table)
    {
        var twice = p;
        LanePoint.Double(ref twice);
        table[0] = p;
        for (var i = 1; i < TableSize; i++)
        {
            table[i] = table[i - 1];
            LanePoint.Add(ref table[i], twice);
        }
    }

    /// <summary>The same table for λ times the points.</summary>
    public static void FillEndomorphism(ReadOnlySpan<LanePoint> table, Span<LanePoint> mapped)
    {
        for (var i = 0; i < TableSize; i++)
        {
            LaneProduct.Multiply(out mapped[i].X, table[i].X, Beta);
            mapped[i].Y = table[i].Y;
            mapped[i].Z = table[i].Z;
        }
    }

    /// <summary>The digits of four numbers, one in each lane.</summary>
    public static void SetDigits(Span<Vector256<long>> digits, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d)
    {
        for (var i = 0; i < DigitCount; i++)
            digits[i] = Vector256.Create(a[i], b[i], c[i], (long)d[i]);
    }

    /// <summary>In each lane the sum over the tables of what the lane's digits for the table stand for.</summary>
    public static LanePoint Run(ReadOnlySpan<LanePoint> tables, ReadOnlySpan<Vector256<long>> digits)
    {
        var count = tables.Length / TableSize;
        Debug.Assert(digits.Length == count * DigitCount);
        var sum = LanePoint.Identity;
        for (var i = DigitCount - 1; i >= 0; i--)
        {
            for (var d = 0; d < Width; d++)
                LanePoint.Double(ref sum);
            for (var t = 0; t < count; t++)
            {
                Select(out var entry, tables.Slice(t * TableSize, TableSize), digits[(t * DigitCount) + i]);
                LanePoint.Add(ref sum, entry);
            }
        }
        return sum;
    }

    /// <summary>Reads every entry, and keeps in each lane the one that its digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(out LanePoint r, ReadOnlySpan<LanePoint> table, Vector256<long> digits)
    {
        var negative = (digits >> 4) - Vector256<long>.One;
        var index = (digits ^ negative) & Vector256.Create(15L);
        LaneElement.Select(out r.X, in table[0].X, 3, TableSize, index);
        LaneElement.Select(out r.Y, in table[0].Y, 3, TableSize, index);
        LaneElement.Select(out r.Z, in table[0].Z, 3, TableSize, index);
        r.Y.NegateIf(negative);
    }
}
