using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Picks an entry of a table by reading all of them.</summary>
internal static class ConstantTimeTable
{
    /// <summary>The multiple that a 5-bit signed digit stands for, from a table of 16 odd multiples.</summary>
    [SkipLocalsInit]
    public static void Select(out AffinePoint r, ReadOnlySpan<AffinePoint> table, int digit)
    {
        Debug.Assert(table.Length == 16);
        var negative = (digit >> 4) - 1;
        var index = (digit ^ negative) & 15;
        var (low, high, rest) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero, Vector128<ulong>.Zero);
        for (var i = 0; i < table.Length; i++)
        {
            ref var entry = ref Unsafe.As<AffinePoint, ulong>(ref Unsafe.AsRef(in table[i]));
            var mask = EqualMask(i, index);
            low |= Vector256.LoadUnsafe(ref entry) & Vector256.Create(mask);
            high |= Vector256.LoadUnsafe(ref entry, 4) & Vector256.Create(mask);
            rest |= Vector128.LoadUnsafe(ref entry, 8) & Vector128.Create(mask);
        }
        Unsafe.SkipInit(out r);
        ref var to = ref Unsafe.As<AffinePoint, ulong>(ref r);
        low.StoreUnsafe(ref to);
        high.StoreUnsafe(ref to, 4);
        rest.StoreUnsafe(ref to, 8);
        NegateIf(ref r, (ulong)(long)negative);
    }

    /// <summary>
    /// The multiple that a 6-bit signed digit stands for, from 32 odd multiples as words of x, then y.
    /// </summary>
    [SkipLocalsInit]
    public static void Select(out AffinePoint r, ReadOnlySpan<Words256> table, int digit)
    {
        Debug.Assert(table.Length == 64);
        var negative = (digit >> 5) - 1;
        var index = (digit ^ negative) & 31;
        var (x, y) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
        for (var i = 0; i < table.Length; i += 2)
        {
            ref var entry = ref Unsafe.As<Words256, ulong>(ref Unsafe.AsRef(in table[i]));
            var mask = Vector256.Create(EqualMask(i >> 1, index));
            x |= Vector256.LoadUnsafe(ref entry) & mask;
            y |= Vector256.LoadUnsafe(ref entry, 4) & mask;
        }
        FieldElement.FromWords(out r.X, Unsafe.BitCast<Vector256<ulong>, Words256>(x));
        FieldElement.FromWords(out r.Y, Unsafe.BitCast<Vector256<ulong>, Words256>(y));
        NegateIf(ref r, (ulong)(long)negative);
    }

    /// <summary>All ones if the small numbers are equal, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EqualMask(int a, int b) => (ulong)(((long)(a ^ b) - 1) >> 63);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NegateIf(ref AffinePoint r, ulong mask)
    {
        FieldElement.Negate(out var y, r.Y, 1);
        r.Y.TakeIf(y, mask);
    }
}
