using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>
/// Eight field elements side by side: five limbs of 52 bits each, signed and lazily reduced. Constant-time.
/// </summary>
/// <remarks>
/// Magnitude m bounds the absolute values of the limbs by m·2⁵², that of the top one too. Being signed, limbs need no
/// bias in a subtraction: magnitudes add. Products have magnitude 1 (and a carry of 11 bits more, which the bounds
/// allow for).
/// </remarks>
internal struct LaneElement
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 5 * 64;

    public const long Mask52 = (1L << 52) - 1;
    public const long Mask48 = (1L << 48) - 1;

    public Vector512<long> N0;
    public Vector512<long> N1;
    public Vector512<long> N2;
    public Vector512<long> N3;
    public Vector512<long> N4;

    /// <summary>One element in each lane; eight of them.</summary>
    public static LaneElement Create(ReadOnlySpan<FieldElement> e) => new()
    {
        N0 = Gather(e[0].N0, e[1].N0, e[2].N0, e[3].N0, e[4].N0, e[5].N0, e[6].N0, e[7].N0),
        N1 = Gather(e[0].N1, e[1].N1, e[2].N1, e[3].N1, e[4].N1, e[5].N1, e[6].N1, e[7].N1),
        N2 = Gather(e[0].N2, e[1].N2, e[2].N2, e[3].N2, e[4].N2, e[5].N2, e[6].N2, e[7].N2),
        N3 = Gather(e[0].N3, e[1].N3, e[2].N3, e[3].N3, e[4].N3, e[5].N3, e[6].N3, e[7].N3),
        N4 = Gather(e[0].N4, e[1].N4, e[2].N4, e[3].N4, e[4].N4, e[5].N4, e[6].N4, e[7].N4),
    };

    /// <summary>The same element in every lane.</summary>
    public static LaneElement Create(in FieldElement e) => Create([e, e, e, e, e, e, e, e]);

    /// <summary>From four vectors of 64-bit words, a number below 2²⁵⁶ in each lane; magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromWords(
        out LaneElement r, Vector512<long> w0, Vector512<long> w1, Vector512<long> w2, Vector512<long> w3)
    {
        var mask = Vector512.Create(Mask52);
        r.N0 = w0 & mask;
        r.N1 = ((w0 >>> 52) | (w1 << 12)) & mask;
        r.N2 = ((w1 >>> 40) | (w2 << 24)) & mask;
        r.N3 = ((w2 >>> 28) | (w3 << 36)) & mask;
        r.N4 = w3 >>> 16;
    }

    /// <summary>The element of one lane, for magnitudes up to 7; magnitude 1.</summary>
    public readonly FieldElement this[int lane]
    {
        get
        {
            FieldElement multiple = default;
            FieldElement.Negate(out multiple, multiple, 7); // 16·p, so that no limb is negative
            multiple.N0 += (ulong)N0[lane];
            multiple.N1 += (ulong)N1[lane];
            multiple.N2 += (ulong)N2[lane];
            multiple.N3 += (ulong)N3[lane];
            multiple.N4 += (ulong)N4[lane];
            multiple.Weaken();
            return multiple;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(out LaneElement r, in LaneElement a, in LaneElement b)
    {
        r.N0 = a.N0 + b.N0;
        r.N1 = a.N1 + b.N1;
        r.N2 = a.N2 + b.N2;
        r.N3 = a.N3 + b.N3;
        r.N4 = a.N4 + b.N4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(out LaneElement r, in LaneElement a, in LaneElement b)
    {
        r.N0 = a.N0 - b.N0;
        r.N1 = a.N1 - b.N1;
        r.N2 = a.N2 - b.N2;
        r.N3 = a.N3 - b.N3;
        r.N4 = a.N4 - b.N4;
    }

    /// <summary>Multiplies each lane by a small number of its own, and the magnitude with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(out LaneElement r, in LaneElement a, Vector512<long> factors)
    {
        r.N0 = Avx512DQ.MultiplyLow(a.N0, factors);
        r.N1 = Avx512DQ.MultiplyLow(a.N1, factors);
        r.N2 = Avx512DQ.MultiplyLow(a.N2, factors);
        r.N3 = Avx512DQ.MultiplyLow(a.N3, factors);
        r.N4 = Avx512DQ.MultiplyLow(a.N4, factors);
    }

    /// <summary>
    /// Takes lane i of each half from the lane of that half that bits 2i and 2i + 1 of the control name.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Permute(out LaneElement r, in LaneElement a, [ConstantExpected] byte control)
    {
        r.N0 = Avx512F.Permute4x64(a.N0, control);
        r.N1 = Avx512F.Permute4x64(a.N1, control);
        r.N2 = Avx512F.Permute4x64(a.N2, control);
        r.N3 = Avx512F.Permute4x64(a.N3, control);
        r.N4 = Avx512F.Permute4x64(a.N4, control);
    }

    /// <summary>Exchanges the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(out LaneElement r, in LaneElement a)
    {
        r.N0 = Avx512F.Shuffle4x128(a.N0, a.N0, 0b01_00_11_10);
        r.N1 = Avx512F.Shuffle4x128(a.N1, a.N1, 0b01_00_11_10);
        r.N2 = Avx512F.Shuffle4x128(a.N2, a.N2, 0b01_00_11_10);
        r.N3 = Avx512F.Shuffle4x128(a.N3, a.N3, 0b01_00_11_10);
        r.N4 = Avx512F.Shuffle4x128(a.N4, a.N4, 0b01_00_11_10);
    }

    /// <summary>Keeps the bits under the mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void And(Vector512<long> mask)
    {
        N0 &= mask;
        N1 &= mask;
        N2 &= mask;
        N3 &= mask;
        N4 &= mask;
    }

    /// <summary>Takes <paramref name="a"/> in the lanes whose mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeIf(in LaneElement a, Vector512<long> mask)
    {
        N0 = Vector512.ConditionalSelect(mask, a.N0, N0);
        N1 = Vector512.ConditionalSelect(mask, a.N1, N1);
        N2 = Vector512.ConditionalSelect(mask, a.N2, N2);
        N3 = Vector512.ConditionalSelect(mask, a.N3, N3);
        N4 = Vector512.ConditionalSelect(mask, a.N4, N4);
    }

    /// <summary>
    /// Reads one element of every item of a table, and keeps in each lane that of the item with the lane's index.
    /// </summary>
    /// <param name="r">What was kept.</param>
    /// <param name="first">The element in the first item.</param>
    /// <param name="stride">How many elements an item has.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="index">An index for each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Select(
        out LaneElement r, ref readonly LaneElement first, int stride, int count, Vector512<long> index)
    {
        var (n0, n1, n2) = (Vector512<long>.Zero, Vector512<long>.Zero, Vector512<long>.Zero);
        var (n3, n4) = (Vector512<long>.Zero, Vector512<long>.Zero);
        ref var item = ref Unsafe.AsRef(in first);
        for (var i = 0; i < count; i++)
        {
            var mask = Vector512.Equals(index, Vector512.Create((long)i));
            n0 = Vector512.ConditionalSelect(mask, item.N0, n0);
            n1 = Vector512.ConditionalSelect(mask, item.N1, n1);
            n2 = Vector512.ConditionalSelect(mask, item.N2, n2);
            n3 = Vector512.ConditionalSelect(mask, item.N3, n3);
            n4 = Vector512.ConditionalSelect(mask, item.N4, n4);
            item = ref Unsafe.Add(ref item, stride);
        }
        (r.N0, r.N1, r.N2, r.N3, r.N4) = (n0, n1, n2, n3, n4);
    }

    /// <summary>Negates the lanes whose mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NegateIf(Vector512<long> mask)
    {
        N0 = (N0 ^ mask) - mask;
        N1 = (N1 ^ mask) - mask;
        N2 = (N2 ^ mask) - mask;
        N3 = (N3 ^ mask) - mask;
        N4 = (N4 ^ mask) - mask;
    }

    /// <summary>Brings any magnitude below 1,024 down to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Weaken()
    {
        var mask = Vector512.Create(Mask52);
        var top = Avx512F.ShiftRightArithmetic(N4, 48);
        var t0 = N0 + (top << 32) + Avx512DQ.MultiplyLow(top, Vector512.Create(0x3D1L));
        var (t1, t2, t3) = (N1, N2, N3);
        N4 = (N4 & Vector512.Create(Mask48)) + Avx512F.ShiftRightArithmetic(t3, 52);
        N3 = (t3 & mask) + Avx512F.ShiftRightArithmetic(t2, 52);
        N2 = (t2 & mask) + Avx512F.ShiftRightArithmetic(t1, 52);
        N1 = (t1 & mask) + Avx512F.ShiftRightArithmetic(t0, 52);
        N0 = t0 & mask;
    }

    /// <summary>Whether every limb obeys the bounds of a magnitude; for assertions.</summary>
    public readonly bool IsWithin(double magnitude)
    {
        var bound = (long)(magnitude * (1L << 52));
        var largest = Vector512.Max(
            Vector512.Max(
                Vector512.Max(Vector512.Abs(N0), Vector512.Abs(N1)),
                Vector512.Max(Vector512.Abs(N2), Vector512.Abs(N3))),
            Vector512.Abs(N4));
        return Vector512.LessThanOrEqualAll(largest, Vector512.Create(bound));
    }

    private static Vector512<long> Gather(ulong a, ulong b, ulong c, ulong d, ulong e, ulong f, ulong g, ulong h) =>
        Vector512.Create(a, b, c, d, e, f, g, h).AsInt64();
}
