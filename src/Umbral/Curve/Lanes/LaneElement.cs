using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Four field elements side by side: five limbs of 52 bits each, signed and lazily reduced. Constant-time.</summary>
/// <remarks>
/// Magnitude m bounds the absolute values of the limbs by m·2⁵², that of the top one too. Being signed, limbs need no bias in
/// a subtraction: magnitudes add. Products have magnitude 1 (and a carry of 11 bits more, which the bounds allow for).
/// </remarks>
internal struct LaneElement
{
    public const long Mask52 = (1L << 52) - 1;
    public const long Mask48 = (1L << 48) - 1;

    public Vector256<long> N0;
    public Vector256<long> N1;
    public Vector256<long> N2;
    public Vector256<long> N3;
    public Vector256<long> N4;

    /// <summary>One element in each lane.</summary>
    public static LaneElement Create(in FieldElement a, in FieldElement b, in FieldElement c, in FieldElement d) => new()
    {
        N0 = Vector256.Create((long)a.N0, (long)b.N0, (long)c.N0, (long)d.N0),
        N1 = Vector256.Create((long)a.N1, (long)b.N1, (long)c.N1, (long)d.N1),
        N2 = Vector256.Create((long)a.N2, (long)b.N2, (long)c.N2, (long)d.N2),
        N3 = Vector256.Create((long)a.N3, (long)b.N3, (long)c.N3, (long)d.N3),
        N4 = Vector256.Create((long)a.N4, (long)b.N4, (long)c.N4, (long)d.N4),
    };

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
    public static void Scale(out LaneElement r, in LaneElement a, Vector256<long> factors)
    {
        r.N0 = Avx512DQ.VL.MultiplyLow(a.N0, factors);
        r.N1 = Avx512DQ.VL.MultiplyLow(a.N1, factors);
        r.N2 = Avx512DQ.VL.MultiplyLow(a.N2, factors);
        r.N3 = Avx512DQ.VL.MultiplyLow(a.N3, factors);
        r.N4 = Avx512DQ.VL.MultiplyLow(a.N4, factors);
    }

    /// <summary>Takes lane i from the lane that bits 2i and 2i + 1 of the control name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Permute(out LaneElement r, in LaneElement a, [ConstantExpected] byte control)
    {
        r.N0 = Avx2.Permute4x64(a.N0, control);
        r.N1 = Avx2.Permute4x64(a.N1, control);
        r.N2 = Avx2.Permute4x64(a.N2, control);
        r.N3 = Avx2.Permute4x64(a.N3, control);
        r.N4 = Avx2.Permute4x64(a.N4, control);
    }

    /// <summary>Keeps the bits under the mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void And(Vector256<long> mask)
    {
        N0 &= mask;
        N1 &= mask;
        N2 &= mask;
        N3 &= mask;
        N4 &= mask;
    }

    /// <summary>Takes <paramref name="a"/> in the lanes whose mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeIf(in LaneElement a, Vector256<long> mask)
    {
        N0 = Vector256.ConditionalSelect(mask, a.N0, N0);
        N1 = Vector256.ConditionalSelect(mask, a.N1, N1);
        N2 = Vector256.ConditionalSelect(mask, a.N2, N2);
        N3 = Vector256.ConditionalSelect(mask, a.N3, N3);
        N4 = Vector256.ConditionalSelect(mask, a.N4, N4);
    }

    /// <summary>Reads one element of every item of a table, and keeps in each lane that of the item with the lane's index.</summary>
    /// <param name="r">What was kept.</param>
    /// <param name="first">The element in the first item.</param>
    /// <param name="stride">How many elements an item has.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="index">An index for each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Select(out LaneElement r, ref readonly LaneElement first, int stride, int count, Vector256<long> index)
    {
        var (n0, n1, n2) = (Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
        var (n3, n4) = (Vector256<long>.Zero, Vector256<long>.Zero);
        ref var item = ref Unsafe.AsRef(in first);
        for (var i = 0; i < count; i++)
        {
            var mask = Vector256.Equals(index, Vector256.Create((long)i));
            n0 |= item.N0 & mask;
            n1 |= item.N1 & mask;
            n2 |= item.N2 & mask;
            n3 |= item.N3 & mask;
            n4 |= item.N4 & mask;
            item = ref Unsafe.Add(ref item, stride);
        }
        (r.N0, r.N1, r.N2, r.N3, r.N4) = (n0, n1, n2, n3, n4);
    }

    /// <summary>Negates the lanes whose mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NegateIf(Vector256<long> mask)
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
        var mask = Vector256.Create(Mask52);
        var top = Avx512F.VL.ShiftRightArithmetic(N4, 48);
        var t0 = N0 + (top << 32) + Avx512DQ.VL.MultiplyLow(top, Vector256.Create(0x3D1L));
        var (t1, t2, t3) = (N1, N2, N3);
        N4 = (N4 & Vector256.Create(Mask48)) + Avx512F.VL.ShiftRightArithmetic(t3, 52);
        N3 = (t3 & mask) + Avx512F.VL.ShiftRightArithmetic(t2, 52);
        N2 = (t2 & mask) + Avx512F.VL.ShiftRightArithmetic(t1, 52);
        N1 = (t1 & mask) + Avx512F.VL.ShiftRightArithmetic(t0, 52);
        N0 = t0 & mask;
    }

    /// <summary>Whether every limb obeys the bounds of a magnitude; for assertions.</summary>
    public readonly bool IsWithin(double magnitude)
    {
        var bound = (long)(magnitude * (1L << 52));
        var largest = Vector256.Max(
            Vector256.Max(Vector256.Max(Vector256.Abs(N0), Vector256.Abs(N1)), Vector256.Max(Vector256.Abs(N2), Vector256.Abs(N3))),
            Vector256.Abs(N4));
        return Vector256.LessThanOrEqualAll(largest, Vector256.Create(bound));
    }
}
