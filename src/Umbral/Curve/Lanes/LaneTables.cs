using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>
/// Tables of 0 to 16 times a point, for public digits from −16 to 16; an entry is two vectors. Not constant-time.
/// </summary>
internal static class LaneTables
{
    /// <summary>The bits of a digit.</summary>
    public const int Width = 5;

    /// <summary>The size of one point's table in vectors.</summary>
    public const int Size = EntrySize * ((1 << (Width - 1)) + 1);

    private const int EntrySize = 2;

    /// <summary>Makes the tables of eight points, one after the other.</summary>
    [SkipLocalsInit]
    public static void Fill(in LanePoint points, Span<Vector512<long>> tables)
    {
        Span<LanePoint> multiples = stackalloc LanePoint[Size / EntrySize];
        multiples[0] = LanePoint.Identity;
        multiples[1] = points;
        for (var i = 2; i < multiples.Length; i++)
        {
            multiples[i] = multiples[i % 2 == 0 ? i / 2 : i - 1];
            if (i % 2 == 0)
                LanePoint.Double(ref multiples[i]);
            else
                LanePoint.Add(ref multiples[i], points);
        }
        for (var i = 0; i < multiples.Length; i++)
            Store(multiples[i], tables[(i * EntrySize)..]);
    }

    /// <summary>In each lane the multiple that its digit stands for.</summary>
    /// <param name="r">The multiples.</param>
    /// <param name="tables">The table of the first lane, and the others.</param>
    /// <param name="stride">How far the next lane's table is; zero if all lanes have the same.</param>
    /// <param name="digits">Eight digits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        out LanePoint r, ReadOnlySpan<Vector512<long>> tables, int stride, ReadOnlySpan<sbyte> digits)
    {
        ref readonly var e0 = ref tables[EntrySize * Math.Abs((int)digits[0])];
        ref readonly var e1 = ref tables[stride + (EntrySize * Math.Abs((int)digits[1]))];
        ref readonly var e2 = ref tables[(2 * stride) + (EntrySize * Math.Abs((int)digits[2]))];
        ref readonly var e3 = ref tables[(3 * stride) + (EntrySize * Math.Abs((int)digits[3]))];
        ref readonly var e4 = ref tables[(4 * stride) + (EntrySize * Math.Abs((int)digits[4]))];
        ref readonly var e5 = ref tables[(5 * stride) + (EntrySize * Math.Abs((int)digits[5]))];
        ref readonly var e6 = ref tables[(6 * stride) + (EntrySize * Math.Abs((int)digits[6]))];
        ref readonly var e7 = ref tables[(7 * stride) + (EntrySize * Math.Abs((int)digits[7]))];
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (e0, e1, e2, e3, e4, e5, e6, e7);
        Transposition.Run(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
        var (b0, b1, b2, b3) = (Next(in e0), Next(in e1), Next(in e2), Next(in e3));
        var (b4, b5, b6, b7) = (Next(in e4), Next(in e5), Next(in e6), Next(in e7));
        Transposition.Run(ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        (r.X.N0, r.X.N1, r.X.N2, r.X.N3, r.X.N4) = (a0, a1, a2, a3, a4);
        (r.Y.N0, r.Y.N1, r.Y.N2, r.Y.N3, r.Y.N4) = (a5, a6, a7, b0, b1);
        (r.Z.N0, r.Z.N1, r.Z.N2, r.Z.N3, r.Z.N4) = (b2, b3, b4, b5, b6);
        r.Y.NegateIf(Signs(digits));
    }

    /// <summary>Writes the digits, lowest first, of both halves of a scalar.</summary>
    public static void Recode(in Scalar k, Span<sbyte> first, Span<sbyte> second)
    {
        Endomorphism.Split(k, out var k1, out var k2);
        RecodeHalf(k1, first);
        RecodeHalf(k2, second);
    }

    private static void RecodeHalf(in Scalar half, Span<sbyte> digits)
    {
        var negative = half.IsHighMask();
        var words = Scalar.NegateIf(half, negative).Words;
        var value = new UInt128(words.W1, words.W0);
        var carry = 0;
        for (var i = 0; i < SignedDigits.HalfCount; i++)
        {
            var digit = ((int)(ulong)value & ((1 << Width) - 1)) + carry;
            value >>= Width;
            carry = digit > 1 << (Width - 1) ? 1 : 0;
            digit -= carry << Width;
            digits[i] = (sbyte)(negative == 0 ? digit : -digit);
        }
    }

    /// <summary>Writes eight points as entries of eight tables.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store(in LanePoint p, Span<Vector512<long>> tables)
    {
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (p.X.N0, p.X.N1, p.X.N2, p.X.N3, p.X.N4, p.Y.N0, p.Y.N1, p.Y.N2);
        var (b0, b1, b2, b3, b4, b5, b6) = (p.Y.N3, p.Y.N4, p.Z.N0, p.Z.N1, p.Z.N2, p.Z.N3, p.Z.N4);
        var b7 = Vector512<long>.Zero;
        Transposition.Run(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
        Transposition.Run(ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        (tables[0], tables[Size], tables[2 * Size], tables[3 * Size]) = (a0, a1, a2, a3);
        (tables[4 * Size], tables[5 * Size], tables[6 * Size], tables[7 * Size]) = (a4, a5, a6, a7);
        (tables[1], tables[Size + 1], tables[(2 * Size) + 1], tables[(3 * Size) + 1]) = (b0, b1, b2, b3);
        (tables[(4 * Size) + 1], tables[(5 * Size) + 1]) = (b4, b5);
        (tables[(6 * Size) + 1], tables[(7 * Size) + 1]) = (b6, b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Next(ref readonly Vector512<long> entry) =>
        Unsafe.Add(ref Unsafe.AsRef(in entry), 1);

    /// <summary>All ones in the lanes of negative digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Signs(ReadOnlySpan<sbyte> digits) =>
        Vector512.Create(
            digits[0], digits[1], digits[2], digits[3],
            digits[4], digits[5], digits[6], (long)digits[7]) >> 63;
}
