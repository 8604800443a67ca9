using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>
/// Multiples of one point, each point operation across a half of the lanes. Constant-time, but for VarTime.
/// </summary>
internal static class RowSum
{
    /// <summary>The entries of a table: 1, 3, …, 31 times a point, each twice.</summary>
    public const int TableSize = 16;

    private const int Width = 5;
    private const int DigitCount = SignedDigits.HalfCount;

    /// <summary>Odd multiples of a point that is given twice.</summary>
    /// <remarks>
    /// The second point starts at 17 times, so that both together reach all entries in half of the additions.
    /// </remarks>
    public static void FillTable(in RowPoint p, Span<RowPoint> table)
    {
        var twice = p;
        RowPoint.Double(ref twice);
        var current = twice;
        RowPoint.Double(ref current, 3);
        RowPoint.Add(ref current, p);
        current.TakeFirst(p);
        for (var i = 0; i < TableSize / 2; i++)
        {
            if (i != 0)
                RowPoint.Add(ref current, twice);
            current.Spread(out table[i], out table[(TableSize / 2) + i]);
        }
    }

    /// <summary>k·P for a P that is given twice.</summary>
    [SkipLocalsInit]
    public static JacobianPoint Multiply(in RowPoint p, in Scalar k)
    {
        Span<RowPoint> table = stackalloc RowPoint[TableSize];
        Span<byte> digits = stackalloc byte[2 * DigitCount];
        FillTable(p, table);
        SignedDigits.ReadHalves(k, digits, digits[DigitCount..]);
        Select(out var sum, table, Digits(digits[DigitCount - 1], digits[(2 * DigitCount) - 1]));
        for (var i = DigitCount - 2; i >= 0; i--)
        {
            RowPoint.Double(ref sum, Width);
            Select(out var entry, table, Digits(digits[i], digits[DigitCount + i]));
            RowPoint.Add(ref sum, entry);
        }
        digits.Clear();
        RowPoint.AddMapped(ref sum);
        return sum.First;
    }

    /// <summary>k·P for a public scalar, in the first half.</summary>
    [SkipLocalsInit]
    public static RowPoint MultiplyVarTime(in AffinePoint p, in Scalar k)
    {
        Span<RowPoint> table = stackalloc RowPoint[TableSize];
        Span<byte> digits = stackalloc byte[2 * DigitCount];
        FillTable(RowPoint.From(JacobianPoint.From(p)), table);
        SignedDigits.ReadHalves(k, digits, digits[DigitCount..]);
        PickVarTime(out var sum, table, digits[DigitCount - 1], digits[(2 * DigitCount) - 1]);
        for (var i = DigitCount - 2; i >= 0; i--)
        {
            RowPoint.Double(ref sum, Width);
            PickVarTime(out var entry, table, digits[i], digits[DigitCount + i]);
            RowPoint.Add(ref sum, entry);
        }
        RowPoint.AddMapped(ref sum);
        return sum;
    }

    /// <summary>k·P in the first half and l·P in the second, for public scalars.</summary>
    [SkipLocalsInit]
    public static RowPoint MultiplyPairVarTime(in AffinePoint p, in Scalar k, in Scalar l)
    {
        Span<RowPoint> tables = stackalloc RowPoint[2 * TableSize];
        Span<byte> digits = stackalloc byte[4 * DigitCount];
        FillTable(RowPoint.From(JacobianPoint.From(p)), tables[..TableSize]);
        for (var i = 0; i < TableSize; i++)
            tables[TableSize + i] = tables[i].Mapped();
        SignedDigits.ReadHalves(k, digits, digits[DigitCount..]);
        SignedDigits.ReadHalves(l, digits[(2 * DigitCount)..], digits[(3 * DigitCount)..]);
        RowPoint sum = default;
        for (var i = DigitCount - 1; i >= 0; i--)
        {
            PickVarTime(out var entry, tables[..TableSize], digits[i], digits[(2 * DigitCount) + i]);
            if (i == DigitCount - 1)
            {
                sum = entry;
            }
            else
            {
                RowPoint.Double(ref sum, Width);
                RowPoint.Add(ref sum, entry);
            }
            PickVarTime(out entry, tables[TableSize..], digits[DigitCount + i], digits[(3 * DigitCount) + i]);
            RowPoint.Add(ref sum, entry);
        }
        return sum;
    }

    /// <summary>Reads every entry, and keeps in each half the one that its digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(out RowPoint r, ReadOnlySpan<RowPoint> table, Vector512<long> digits)
    {
        var negative = (digits >> 4) - Vector512<long>.One;
        var index = (digits ^ negative) & Vector512.Create(15L);
        LaneElement.Select(out r.Row, in table[0].Row, 1, TableSize, index);
        r.NegateIf(negative);
    }

    /// <summary>The same by indexing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PickVarTime(out RowPoint r, ReadOnlySpan<RowPoint> table, int first, int second)
    {
        var (n1, n2) = ((first >> 4) - 1, (second >> 4) - 1);
        RowPoint.Join(out r, table[(first ^ n1) & 15], table[(second ^ n2) & 15], Digits(n1, n2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Digits(long first, long second) =>
        Vector512.Create(Vector256.Create(first), Vector256.Create(second));
}
