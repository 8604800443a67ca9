using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Sums of multiples, eight sums at once, with one run of doublings. Constant-time.</summary>
internal static class LaneSum
{
    /// <summary>The entries of a table: 1, 3, …, 31 times a point.</summary>
    public const int TableSize = 16;

    /// <summary>The windows of a table's digits.</summary>
    public const int DigitCount = SignedDigits.HalfCount;

    private const int Width = 5;

    /// <summary>Odd multiples of eight points.</summary>
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

    /// <summary>
    /// The digits of the halves of four scalars: the first halves in lanes 0 to 3, the second ones in lanes 4 to 7.
    /// </summary>
    public static void SetDigits(Span<Vector512<long>> digits, in Scalar a, in Scalar b, in Scalar c, in Scalar d)
    {
        Span<byte> halves = stackalloc byte[8 * DigitCount];
        ReadHalves(a, halves, 0);
        ReadHalves(b, halves, 1);
        ReadHalves(c, halves, 2);
        ReadHalves(d, halves, 3);
        for (var i = 0; i < DigitCount; i++)
        {
            digits[i] = Vector512.Create(
                halves[i], halves[DigitCount + i], halves[(2 * DigitCount) + i], halves[(3 * DigitCount) + i],
                halves[(4 * DigitCount) + i], halves[(5 * DigitCount) + i],
                halves[(6 * DigitCount) + i], (long)halves[(7 * DigitCount) + i]);
        }
        halves.Clear();
    }

    /// <summary>In each lane the sum over the tables of what the lane's digits for the table stand for.</summary>
    public static LanePoint Run(ReadOnlySpan<LanePoint> tables, ReadOnlySpan<Vector512<long>> digits)
    {
        var count = tables.Length / TableSize;
        Debug.Assert(digits.Length == count * DigitCount);
        LanePoint sum = default;
        for (var i = DigitCount - 1; i >= 0; i--)
        {
            for (var d = 0; d < Width && i < DigitCount - 1; d++)
                LanePoint.Double(ref sum);
            for (var t = 0; t < count; t++)
            {
                Select(out var entry, tables.Slice(t * TableSize, TableSize), digits[(t * DigitCount) + i]);
                if (i == DigitCount - 1 && t == 0)
                    sum = entry;
                else
                    LanePoint.Add(ref sum, entry);
            }
        }
        return sum;
    }

    private static void ReadHalves(in Scalar k, Span<byte> halves, int i) =>
        SignedDigits.ReadHalves(k, halves[(i * DigitCount)..], halves[((4 + i) * DigitCount)..]);

    /// <summary>Reads every entry, and keeps in each lane the one that its digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(out LanePoint r, ReadOnlySpan<LanePoint> table, Vector512<long> digits)
    {
        var negative = (digits >> 4) - Vector512<long>.One;
        var index = (digits ^ negative) & Vector512.Create(15L);
        LaneElement.Select(out r.X, in table[0].X, 3, TableSize, index);
        LaneElement.Select(out r.Y, in table[0].Y, 3, TableSize, index);
        LaneElement.Select(out r.Z, in table[0].Z, 3, TableSize, index);
        r.Y.NegateIf(negative);
    }
}
