using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Sums of many public multiples: the lanes are windows of the digits, so that one run of doublings serves all. Not constant-time.</summary>
/// <remarks>
/// Both halves of every scalar have 26 windows of 5 bits. First every window's sum over all terms is built, eight windows at
/// a time, then the sums of the windows are put together, the first halves' and the second halves' side by side. A term
/// whose halves are short, such as a weight, leaves groups of windows out.
/// </remarks>
internal static class WindowSum
{
    private const int Width = 5;
    private const int Windows = SignedDigits.HalfCount;
    private const int Lanes = 8;
    private const int Groups = ((2 * Windows) + Lanes - 1) / Lanes;
    private const int Entries = (1 << (Width - 1)) + 1; // 0 to 16 times the point
    private const int EntrySize = 2; // vectors

    /// <summary>Σ kᵢ·Pᵢ.</summary>
    [SkipLocalsInit]
    public static JacobianPoint VarTime(ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k)
    {
        Span<LanePoint> sums = stackalloc LanePoint[Groups];
        Span<Vector512<long>> tables = stackalloc Vector512<long>[Lanes * Entries * EntrySize];
        Span<sbyte> digits = stackalloc sbyte[Groups * Lanes];
        sums.Fill(LanePoint.Identity);
        var started = 0;
        for (var at = 0; at < p.Length; at += Lanes)
        {
            var count = Math.Min(Lanes, p.Length - at);
            FillTables(p.Slice(at, count), tables);
            for (var j = 0; j < count; j++)
            {
                Recode(k[at + j], digits);
                AddTerm(sums, ref started, tables.Slice(j * Entries * EntrySize, Entries * EntrySize), digits);
            }
        }
        return Combine(sums);
    }

    /// <summary>Adds a term to the sums of all windows where it has a digit.</summary>
    private static void AddTerm(
        Span<LanePoint> sums, ref int started, ReadOnlySpan<Vector512<long>> table, ReadOnlySpan<sbyte> digits)
    {
        var groups = MemoryMarshal.Cast<sbyte, long>(digits);
        for (var g = 0; g < Groups; g++)
        {
            if (groups[g] == 0)
                continue;
            Gather(out var entry, table, digits.Slice(g * Lanes, Lanes));
            if ((started >> g & 1) == 0)
                sums[g] = entry;
            else
                LanePoint.Add(ref sums[g], entry);
            started |= 1 << g;
        }
    }

    /// <summary>Σ 2⁵ⁱ·Wᵢ over the sums of the windows, for both halves, and λ times the second added to the first.</summary>
    private static JacobianPoint Combine(ReadOnlySpan<LanePoint> sums)
    {
        var sum = RowPoint.Zero;
        for (var i = Windows - 1; i >= 0; i--)
        {
            RowPoint.Double(ref sum, Width);
            RowPoint.Add(ref sum, RowPoint.From(sums, Place(0, i), Place(1, i)));
        }
        return sum.AddMapped();
    }

    /// <summary>Where the digit of a window stands: the lower 13 windows of both halves first, then the upper ones.</summary>
    private static int Place(int half, int window) =>
        window < Windows / 2 ? (half * (Windows / 2)) + window : Windows + (half * (Windows / 2)) + window - (Windows / 2);

    /// <summary>0 to 16 times up to eight points, those of each point together.</summary>
    private static void FillTables(ReadOnlySpan<AffinePoint> p, Span<Vector512<long>> tables)
    {
        Span<AffinePoint> points = stackalloc AffinePoint[Lanes];
        points.Fill(AffinePoint.G);
        p.CopyTo(points);
        Span<LanePoint> multiples = stackalloc LanePoint[Entries];
        multiples[0] = LanePoint.Identity;
        multiples[1] = LanePoint.From(points);
        for (var i = 2; i < Entries; i++)
        {
            multiples[i] = multiples[i % 2 == 0 ? i / 2 : i - 1];
            if (i % 2 == 0)
                LanePoint.Double(ref multiples[i]);
            else
                LanePoint.Add(ref multiples[i], multiples[1]);
        }
        for (var i = 0; i < Entries; i++)
            Store(multiples[i], tables[(i * EntrySize)..]);
    }

    /// <summary>Writes eight points as entries of the tables of eight points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store(in LanePoint p, Span<Vector512<long>> tables)
    {
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (p.X.N0, p.X.N1, p.X.N2, p.X.N3, p.X.N4, p.Y.N0, p.Y.N1, p.Y.N2);
        var (b0, b1, b2, b3, b4, b5, b6, b7) = (p.Y.N3, p.Y.N4, p.Z.N0, p.Z.N1, p.Z.N2, p.Z.N3, p.Z.N4, Vector512<long>.Zero);
        Transposition.Run(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
        Transposition.Run(ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        const int Stride = Entries * EntrySize;
        (tables[0], tables[Stride], tables[2 * Stride], tables[3 * Stride]) = (a0, a1, a2, a3);
        (tables[4 * Stride], tables[5 * Stride], tables[6 * Stride], tables[7 * Stride]) = (a4, a5, a6, a7);
        (tables[1], tables[Stride + 1], tables[(2 * Stride) + 1], tables[(3 * Stride) + 1]) = (b0, b1, b2, b3);
        (tables[(4 * Stride) + 1], tables[(5 * Stride) + 1], tables[(6 * Stride) + 1], tables[(7 * Stride) + 1]) = (b4, b5, b6, b7);
    }

    /// <summary>In each lane the entry that its digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(out LanePoint r, ReadOnlySpan<Vector512<long>> table, ReadOnlySpan<sbyte> digits)
    {
        int d0 = digits[0], d1 = digits[1], d2 = digits[2], d3 = digits[3], d4 = digits[4], d5 = digits[5], d6 = digits[6], d7 = digits[7];
        ref readonly var e0 = ref table[EntrySize * Math.Abs(d0)];
        ref readonly var e1 = ref table[EntrySize * Math.Abs(d1)];
        ref readonly var e2 = ref table[EntrySize * Math.Abs(d2)];
        ref readonly var e3 = ref table[EntrySize * Math.Abs(d3)];
        ref readonly var e4 = ref table[EntrySize * Math.Abs(d4)];
        ref readonly var e5 = ref table[EntrySize * Math.Abs(d5)];
        ref readonly var e6 = ref table[EntrySize * Math.Abs(d6)];
        ref readonly var e7 = ref table[EntrySize * Math.Abs(d7)];
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (e0, e1, e2, e3, e4, e5, e6, e7);
        Transposition.Run(ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
        var (b0, b1, b2, b3, b4, b5, b6, b7) = (Next(in e0), Next(in e1), Next(in e2), Next(in e3), Next(in e4), Next(in e5), Next(in e6), Next(in e7));
        Transposition.Run(ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
        (r.X.N0, r.X.N1, r.X.N2, r.X.N3, r.X.N4) = (a0, a1, a2, a3, a4);
        (r.Y.N0, r.Y.N1, r.Y.N2, r.Y.N3, r.Y.N4) = (a5, a6, a7, b0, b1);
        (r.Z.N0, r.Z.N1, r.Z.N2, r.Z.N3, r.Z.N4) = (b2, b3, b4, b5, b6);
        r.Y.NegateIf(Vector512.WidenLower(Vector512.WidenLower(Vector512.WidenLower(
            Vector512.CreateScalarUnsafe(MemoryMarshal.Cast<sbyte, long>(digits)[0]).AsSByte()))) >> 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Next(ref readonly Vector512<long> entry) => Unsafe.Add(ref Unsafe.AsRef(in entry), 1);

    /// <summary>Writes the digits, from −15 to 16, of both halves, and zeros in the places that are left.</summary>
    private static void Recode(in Scalar k, Span<sbyte> digits)
    {
        digits.Clear();
        Endomorphism.Split(k, out var k1, out var k2);
        RecodeHalf(k1, 0, digits);
        RecodeHalf(k2, 1, digits);
    }

    private static void RecodeHalf(in Scalar half, int which, Span<sbyte> digits)
    {
        var negative = half.IsHighMask();
        var words = Scalar.NegateIf(half, negative).Words;
        var value = new UInt128(words.W1, words.W0);
        var carry = 0;
        for (var i = 0; i < Windows; i++)
        {
            var digit = ((int)(ulong)value & ((1 << Width) - 1)) + carry;
            value >>= Width;
            carry = digit > 1 << (Width - 1) ? 1 : 0;
            digit -= carry << Width;
            digits[Place(which, i)] = (sbyte)(negative == 0 ? digit : -digit);
        }
    }
}
