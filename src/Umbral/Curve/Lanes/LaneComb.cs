using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>A constant generator's comb in eight lanes. Constant-time, but for VarTime.</summary>
/// <remarks>An entry of the comb is 64 bytes, one vector; eight of them, transposed, are eight points.</remarks>
internal static class LaneComb
{
    private const int Entries = FixedBase.CombEntries;
    private const int Windows = SignedDigits.CombCount;
    private const int Lanes = 8;

    /// <summary>
    /// Up to four multiples of the generator: each has its share of the lanes, which work on its windows.
    /// </summary>
    [SkipLocalsInit]
    public static void MultiplyFew(FixedBase generator, ReadOnlySpan<Scalar> k, Span<JacobianPoint> results)
    {
        Span<byte> digits = stackalloc byte[k.Length * Windows];
        Span<Vector512<long>> rows = stackalloc Vector512<long>[Lanes];
        Span<long> negative = stackalloc long[Lanes];
        for (var i = 0; i < k.Length; i++)
            SignedDigits.ReadComb(k[i], digits[(i * Windows)..]);
        var share = Share(k.Length);
        var shift = BitOperations.Log2((uint)share);
        var sum = LanePoint.Identity;
        for (var first = FirstWindow(share); first < Windows; first += share)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var window = Math.Max(first + (lane & (share - 1)), 0);
                int digit = Digit(digits, lane >> shift, window);
                negative[lane] = (digit >> 5) - 1;
                rows[lane] = Select(generator.Comb(window), digit);
            }
            AddRows(ref sum, rows, negative, first, share);
        }
        SumShares(ref sum, share);
        for (var i = 0; i < k.Length; i++)
            results[i] = sum[i * share];
        digits.Clear();
        rows.Clear();
        negative.Clear();
    }

    /// <summary>g·G and h·G in lanes 0 and 4, for public scalars.</summary>
    public static LanePoint MultiplyPairVarTime(in Scalar g, in Scalar h)
    {
        var sum = LanePoint.Identity;
        AddVarTime(ref sum, FixedBase.G, [g, h]);
        SumShares(ref sum, Lanes / 2);
        return sum;
    }

    /// <summary>g·G + u·U in lane 0, for public scalars.</summary>
    public static LanePoint SumVarTime(in Scalar g, in Scalar u)
    {
        var sum = LanePoint.Identity;
        if (!g.IsZero)
            AddVarTime(ref sum, FixedBase.G, [g]);
        if (!u.IsZero)
            AddVarTime(ref sum, FixedBase.U, [u]);
        SumShares(ref sum, Lanes);
        return sum;
    }

    /// <summary>Adds to each share of the lanes parts of its scalar's multiple of the generator.</summary>
    [SkipLocalsInit]
    public static void AddVarTime(ref LanePoint sum, FixedBase generator, ReadOnlySpan<Scalar> k)
    {
        Span<byte> digits = stackalloc byte[k.Length * Windows];
        Span<Vector512<long>> rows = stackalloc Vector512<long>[Lanes];
        Span<long> negative = stackalloc long[Lanes];
        for (var i = 0; i < k.Length; i++)
            SignedDigits.ReadComb(k[i], digits[(i * Windows)..]);
        var share = Share(k.Length);
        var shift = BitOperations.Log2((uint)share);
        for (var first = FirstWindow(share); first < Windows; first += share)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var window = Math.Max(first + (lane & (share - 1)), 0);
                int digit = Digit(digits, lane >> shift, window);
                negative[lane] = (digit >> 5) - 1;
                rows[lane] = Entry(generator.Comb(window), (digit ^ ((digit >> 5) - 1)) & (Entries - 1));
            }
            AddRows(ref sum, rows, negative, first, share);
        }
    }

    /// <summary>Up to eight multiples of the generator, each in its own lane.</summary>
    [SkipLocalsInit]
    public static void Multiply(FixedBase generator, ReadOnlySpan<Scalar> k, Span<JacobianPoint> results)
    {
        Span<Vector512<long>> digits = stackalloc Vector512<long>[Windows];
        SetDigits(k, digits);
        var sum = LanePoint.Identity;
        for (var i = 0; i < Windows; i++)
        {
            Select(generator.Comb(i), digits[i], out var x, out var y);
            LanePoint.AddAffine(ref sum, x, y);
        }
        for (var lane = 0; lane < k.Length; lane++)
            results[lane] = sum[lane];
        digits.Clear();
    }

    /// <summary>The lanes that each of so many scalars has: 8, 4 or 2.</summary>
    private static int Share(int count) => count == 1 ? Lanes : count == 2 ? Lanes / 2 : Lanes / 4;

    /// <summary>Where the first step begins, so that the last one ends with the last window; not above 0.</summary>
    private static int FirstWindow(int share) => -((share - (Windows % share)) % share);

    /// <summary>A digit of a scalar; lanes without a scalar get any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Digit(ReadOnlySpan<byte> digits, int scalar, int window) =>
        digits[Math.Min(scalar * Windows, digits.Length - Windows) + window];

    /// <summary>Adds the lanes of each share; the sum is in its first lane.</summary>
    private static void SumShares(ref LanePoint sum, int share)
    {
        if (share == Lanes)
            LanePoint.AddSwapped(ref sum);
        if (share >= Lanes / 2)
            LanePoint.AddPermuted(ref sum, 0b01_00_11_10);
        LanePoint.AddPermuted(ref sum, 0b10_11_00_01);
    }

    /// <summary>
    /// Adds the entries of a step, whose first window is given; what stands below window 0 is nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(
        ref LanePoint sum, ReadOnlySpan<Vector512<long>> rows, ReadOnlySpan<long> negative, int first, int share)
    {
        var (r0, r1, r2, r3) = (rows[0], rows[1], rows[2], rows[3]);
        var (r4, r5, r6, r7) = (rows[4], rows[5], rows[6], rows[7]);
        Transposition.Run(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        LaneElement.FromWords(out var x, r0, r1, r2, r3);
        LaneElement.FromWords(out var y, r4, r5, r6, r7);
        y.NegateIf(Vector512.Create(negative));
        if (first >= 0)
        {
            LanePoint.AddAffine(ref sum, x, y);
            return;
        }
        var before = sum;
        LanePoint.AddAffine(ref sum, x, y);
        var places = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7) & Vector512.Create(share - 1L);
        sum.TakeIf(before, Vector512.LessThan(places, Vector512.Create((long)-first)));
    }

    /// <summary>Reads every entry of a window, and keeps the one that the digit stands for, but for its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Select(ReadOnlySpan<Words256> comb, int digit)
    {
        var index = Vector512.Create((long)((digit ^ ((digit >> 5) - 1)) & (Entries - 1)));
        var (kept, at) = (Vector512<long>.Zero, Vector512<long>.Zero);
        for (var i = 0; i < Entries; i++)
        {
            kept = Vector512.ConditionalSelect(Vector512.Equals(index, at), Entry(comb, i), kept);
            at += Vector512<long>.One;
        }
        return kept;
    }

    /// <summary>Reads every entry of a window, and keeps in each lane the one that its digit stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(
        ReadOnlySpan<Words256> comb, Vector512<long> digits, out LaneElement x, out LaneElement y)
    {
        var negative = (digits >> 5) - Vector512<long>.One;
        var index = (digits ^ negative) & Vector512.Create((long)(Entries - 1));
        var (r0, r1, r2, r3) = (index, index, index, index);
        var (r4, r5, r6, r7) = (index, index, index, index);
        ref var word = ref Unsafe.As<Words256, long>(ref MemoryMarshal.GetReference(comb));
        for (var i = 0L; i < Entries; i++)
        {
            var mask = Vector512.Equals(index, Vector512.Create(i));
            r0 = Vector512.ConditionalSelect(mask, Vector512.Create(word), r0);
            r1 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 1)), r1);
            r2 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 2)), r2);
            r3 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 3)), r3);
            r4 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 4)), r4);
            r5 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 5)), r5);
            r6 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 6)), r6);
            r7 = Vector512.ConditionalSelect(mask, Vector512.Create(Unsafe.Add(ref word, 7)), r7);
            word = ref Unsafe.Add(ref word, 8);
        }
        LaneElement.FromWords(out x, r0, r1, r2, r3);
        LaneElement.FromWords(out y, r4, r5, r6, r7);
        y.NegateIf(negative);
    }

    /// <summary>The digits of up to eight scalars, window by window; lanes without a scalar get that of zero.</summary>
    private static void SetDigits(ReadOnlySpan<Scalar> k, Span<Vector512<long>> digits)
    {
        Span<byte> all = stackalloc byte[Lanes * Windows];
        for (var lane = 0; lane < Lanes; lane++)
            SignedDigits.ReadComb(lane < k.Length ? k[lane] : default, all[(lane * Windows)..]);
        for (var i = 0; i < Windows; i++)
        {
            digits[i] = Vector512.Create(
                all[i], all[Windows + i], all[(2 * Windows) + i], all[(3 * Windows) + i],
                all[(4 * Windows) + i], all[(5 * Windows) + i], all[(6 * Windows) + i], (long)all[(7 * Windows) + i]);
        }
        all.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Entry(ReadOnlySpan<Words256> comb, int i) =>
        Vector512.LoadUnsafe(ref Unsafe.As<Words256, long>(ref MemoryMarshal.GetReference(comb)), (nuint)(Lanes * i));
}
