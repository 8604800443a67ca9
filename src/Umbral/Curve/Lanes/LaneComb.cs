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

    /// <summary>Windows of the first step for one scalar; the other steps have eight.</summary>
    private const int Odd = Windows % Lanes;

    /// <summary>k times the generator: each lane works on its own windows.</summary>
    [SkipLocalsInit]
    public static JacobianPoint Multiply(FixedBase generator, in Scalar k)
    {
        Span<byte> digits = stackalloc byte[Windows];
        Span<Vector512<long>> rows = stackalloc Vector512<long>[Lanes];
        SignedDigits.ReadComb(k, digits);
        var sum = LanePoint.Identity;
        for (var first = Odd - Lanes; first < Windows; first += Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++)
                rows[lane] = Select(generator.Comb(Math.Max(first + lane, 0)), digits[Math.Max(first + lane, 0)]);
            AddRows(ref sum, rows, digits, first);
        }
        digits.Clear();
        rows.Clear();
        return sum.SumLanes();
    }

    /// <summary>g·G + u·U for public scalars.</summary>
    [SkipLocalsInit]
    public static JacobianPoint VarTime(in Scalar g, in Scalar u)
    {
        var sum = LanePoint.Identity;
        if (!g.IsZero)
            AddVarTime(ref sum, FixedBase.G, g);
        if (!u.IsZero)
            AddVarTime(ref sum, FixedBase.U, u);
        return sum.SumLanes();
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

    private static void AddVarTime(ref LanePoint sum, FixedBase generator, in Scalar k)
    {
        Span<byte> digits = stackalloc byte[Windows];
        Span<Vector512<long>> rows = stackalloc Vector512<long>[Lanes];
        SignedDigits.ReadComb(k, digits);
        for (var first = Odd - Lanes; first < Windows; first += Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var window = Math.Max(first + lane, 0);
                var negative = (digits[window] >> 5) - 1;
                rows[lane] = Entry(generator.Comb(window), (digits[window] ^ negative) & (Entries - 1));
            }
            AddRows(ref sum, rows, digits, first);
        }
    }

    /// <summary>Adds the entries of eight windows from the first on; those below window 0 are nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(ref LanePoint sum, Span<Vector512<long>> rows, ReadOnlySpan<byte> digits, int first)
    {
        var negative = Vector512<long>.Zero;
        for (var lane = 0; lane < Lanes; lane++)
            negative = negative.WithElement(lane, (digits[Math.Max(first + lane, 0)] >> 5) - 1);
        var (r0, r1, r2, r3) = (rows[0], rows[1], rows[2], rows[3]);
        var (r4, r5, r6, r7) = (rows[4], rows[5], rows[6], rows[7]);
        Transposition.Run(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        LaneElement.FromWords(out var x, r0, r1, r2, r3);
        LaneElement.FromWords(out var y, r4, r5, r6, r7);
        y.NegateIf(negative);
        if (first >= 0)
        {
            LanePoint.AddAffine(ref sum, x, y);
            return;
        }
        var before = sum;
        LanePoint.AddAffine(ref sum, x, y);
        sum.TakeIf(before, Vector512.LessThan(Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((long)-first)));
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
    private static void Select(ReadOnlySpan<Words256> comb, Vector512<long> digits, out LaneElement x, out LaneElement y)
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
