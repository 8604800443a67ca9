using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Sums of many public multiples: four sums side by side, each of every fourth term. Not constant-time.</summary>
/// <remarks>
/// Windows of 4 bits with signed digits; a window whose four digits are zero costs nothing, so terms with short scalars,
/// such as weights, stand together.
/// </remarks>
internal static class LaneStrauss
{
    private const int Width = 4;
    private const int Entries = (1 << (Width - 1)) + 1; // 0 to 8 times the point
    private const int Windows = 33;

    private static readonly LaneElement Beta =
        LaneElement.Create(AffinePoint.Beta, AffinePoint.Beta, AffinePoint.Beta, AffinePoint.Beta);

    /// <summary>Σ kᵢ·Pᵢ.</summary>
    [SkipLocalsInit]
    public static JacobianPoint VarTime(ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k)
    {
        var groups = (p.Length + 3) / 4;
        Span<LanePoint> tables = stackalloc LanePoint[groups * 2 * Entries];
        Span<sbyte> digits = stackalloc sbyte[groups * 2 * Windows * 4];
        digits.Clear();
        Span<int> order = stackalloc int[p.Length];
        Sort(k, order);
        for (var i = 0; i < groups; i++)
        {
            var members = order[(4 * i)..Math.Min(4 * (i + 1), p.Length)];
            FillTables(p, members, tables.Slice(i * 2 * Entries, 2 * Entries));
            for (var lane = 0; lane < members.Length; lane++)
                Recode(k[members[lane]], digits[((i * 2 * Windows * 4) + lane)..]);
        }
        return Run(tables, MemoryMarshal.Cast<sbyte, int>(digits)).SumLanes();
    }

    private static LanePoint Run(ReadOnlySpan<LanePoint> tables, ReadOnlySpan<int> digits)
    {
        var sum = LanePoint.Identity;
        for (var i = Windows - 1; i >= 0; i--)
        {
            for (var d = 0; d < Width; d++)
                LanePoint.Double(ref sum);
            for (var t = 0; t * Entries < tables.Length; t++)
            {
                var four = digits[(t * Windows) + i];
                if (four == 0)
                    continue;
                Gather(out var entry, tables.Slice(t * Entries, Entries), four);
                LanePoint.Add(ref sum, entry);
            }
        }
        return sum;
    }

    /// <summary>Terms with long halves first.</summary>
    private static void Sort(ReadOnlySpan<Scalar> k, Span<int> order)
    {
        var (head, tail) = (0, order.Length);
        for (var i = 0; i < k.Length; i++)
        {
            Endomorphism.Split(k[i], out var k1, out var k2);
            if (IsLong(k1) || IsLong(k2))
                order[head++] = i;
            else
                order[--tail] = i;
        }
    }

    private static bool IsLong(in Scalar half) => Scalar.NegateIf(half, half.IsHighMask()).Words.W1 != 0;

    /// <summary>0 to 8 times up to four points, and the same for λ times them; empty lanes get G, and no digits.</summary>
    private static void FillTables(ReadOnlySpan<AffinePoint> p, ReadOnlySpan<int> members, Span<LanePoint> tables)
    {
        Span<AffinePoint> four = [AffinePoint.G, AffinePoint.G, AffinePoint.G, AffinePoint.G];
        for (var lane = 0; lane < members.Length; lane++)
            four[lane] = p[members[lane]];
        tables[0] = LanePoint.Identity;
        tables[1] = LanePoint.From(four[0], four[1], four[2], four[3]);
        for (var i = 2; i < Entries; i++)
        {
            tables[i] = tables[i - 1];
            LanePoint.Add(ref tables[i], tables[1]);
        }
        for (var i = 0; i < Entries; i++)
        {
            LaneProduct.Multiply(out tables[Entries + i].X, tables[i].X, Beta);
            tables[Entries + i].Y = tables[i].Y;
            tables[Entries + i].Z = tables[i].Z;
        }
    }

    /// <summary>Writes every fourth place: 33 digits from −7 to 8 of the first half, then those of the second.</summary>
    private static void Recode(in Scalar k, Span<sbyte> digits)
    {
        Endomorphism.Split(k, out var k1, out var k2);
        RecodeHalf(k1, digits);
        RecodeHalf(k2, digits[(4 * Windows)..]);
    }

    private static void RecodeHalf(in Scalar half, Span<sbyte> digits)
    {
        var negative = half.IsHighMask();
        var words = Scalar.NegateIf(half, negative).Words;
        var carry = 0;
        for (var i = 0; i < Windows; i++)
        {
            var word = i < 16 ? words.W0 : i < 32 ? words.W1 : words.W2;
            var digit = (int)((word >> (Width * i)) & 15) + carry;
            carry = digit > 8 ? 1 : 0;
            digit -= carry << Width;
            digits[4 * i] = (sbyte)(negative == 0 ? digit : -digit);
        }
    }

    /// <summary>In each lane the entry that its byte of the digits stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(out LanePoint r, ReadOnlySpan<LanePoint> table, int digits)
    {
        int d0 = (sbyte)digits, d1 = (sbyte)(digits >> 8), d2 = (sbyte)(digits >> 16), d3 = digits >> 24;
        ref var a = ref Limbs(table, d0);
        ref var b = ref Unsafe.Add(ref Limbs(table, d1), 1);
        ref var c = ref Unsafe.Add(ref Limbs(table, d2), 2);
        ref var d = ref Unsafe.Add(ref Limbs(table, d3), 3);
        Unsafe.SkipInit(out r);
        ref var to = ref Unsafe.As<LanePoint, Vector256<long>>(ref r);
        for (var i = 0; i < 15; i++)
        {
            Unsafe.Add(ref to, i) = Vector256.Create(
                Unsafe.Add(ref a, 4 * i), Unsafe.Add(ref b, 4 * i), Unsafe.Add(ref c, 4 * i), Unsafe.Add(ref d, 4 * i));
        }
        r.Y.NegateIf(Vector256.Create(d0 >> 31, d1 >> 31, d2 >> 31, (long)(d3 >> 31)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref long Limbs(ReadOnlySpan<LanePoint> table, int digit) =>
        ref Unsafe.As<LanePoint, long>(ref Unsafe.AsRef(in table[Math.Abs(digit)]));
}
