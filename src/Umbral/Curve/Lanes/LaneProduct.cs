using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Eight multiplications or squarings modulo p at once. Constant-time.</summary>
/// <remarks>
/// A multiply-add in double with the constant 1.5·2¹¹² rounds a limb product to a multiple of 2⁶⁰: its bits, less those
/// of the constant, are that high part. The low part is the product modulo 2⁶⁴ less the high part times 2⁶⁰, which is
/// exact whatever the rounding did. Per column the high parts, times 2⁸, count in the next column; columns 5 to 8 fold
/// into 0 to 3 by R = 2²⁶⁰ mod p. Bounds: limbs are exact doubles up to 2⁵³ and rounded ones above; every product stays
/// below 2¹¹¹, so that the sum keeps the constant's exponent: magnitudes a and b with a·b below 128 (a² below 64).
/// Columns stay below 2⁶³.
/// </remarks>
internal static class LaneProduct
{
    private const double Rounding = 1.5 * 5192296858534827628530496329220096.0; // 1.5·2¹¹²
    private const long RoundingBits = 0x46F8_0000_0000_0000;
    private const long R = 0x10_0000_3D10;
    private const double MaxProduct = 127;
    private const double MaxSquare = 63;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out LaneElement r, in LaneElement a, in LaneElement b)
    {
        AssertBounds(a, b, MaxProduct);
        Multiply(
            a.N0, a.N1, a.N2, a.N3, a.N4, b.N0, b.N1, b.N2, b.N3, b.N4,
            out var r0, out var r1, out var r2, out var r3, out var r4);
        (r.N0, r.N1, r.N2, r.N3, r.N4) = (r0, r1, r2, r3, r4);
    }

    /// <summary>The product limb by limb, so that a caller's intermediate values stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(
        Vector512<long> a0, Vector512<long> a1, Vector512<long> a2, Vector512<long> a3, Vector512<long> a4,
        Vector512<long> b0, Vector512<long> b1, Vector512<long> b2, Vector512<long> b3, Vector512<long> b4,
        out Vector512<long> r0, out Vector512<long> r1, out Vector512<long> r2, out Vector512<long> r3,
        out Vector512<long> r4)
    {
        var (x0, x1, x2, x3, x4) = (Real(a0), Real(a1), Real(a2), Real(a3), Real(a4));
        var (y0, y1, y2, y3, y4) = (Real(b0), Real(b1), Real(b2), Real(b3), Real(b4));
        var (fold, reals) = (Vector512.Create(R), Vector512.Create((double)R));

        var h8 = High(x4, y4) - Bias(1);
        var c8 = Low(a4, b4) - (h8 << 60);
        h8 <<= 8;
        var h4 = High(x0, y4) + High(x1, y3) + High(x2, y2) + High(x3, y1) + High(x4, y0)
            + High(Real(h8), reals) - Bias(6);
        var c4 = Low(a0, b4) + Low(a1, b3) + Low(a2, b2) + Low(a3, b1) + Low(a4, b0) + Low(h8, fold) - (h4 << 60);
        var h5 = High(x1, y4) + High(x2, y3) + High(x3, y2) + High(x4, y1) - Bias(4);
        var c5 = Low(a1, b4) + Low(a2, b3) + Low(a3, b2) + Low(a4, b1) - (h5 << 60) + (h4 << 8);
        var h6 = High(x2, y4) + High(x3, y3) + High(x4, y2) - Bias(3);
        var c6 = Low(a2, b4) + Low(a3, b3) + Low(a4, b2) - (h6 << 60) + (h5 << 8);
        var h7 = High(x3, y4) + High(x4, y3) - Bias(2);
        var c7 = Low(a3, b4) + Low(a4, b3) - (h7 << 60) + (h6 << 8);
        c8 += h7 << 8;

        var h0 = High(x0, y0) + High(Real(c5), reals) - Bias(2);
        var c0 = Low(a0, b0) + Low(c5, fold) - (h0 << 60);
        var h1 = High(x0, y1) + High(x1, y0) + High(Real(c6), reals) - Bias(3);
        var c1 = Low(a0, b1) + Low(a1, b0) + Low(c6, fold) - (h1 << 60) + (h0 << 8);
        var h2 = High(x0, y2) + High(x1, y1) + High(x2, y0) + High(Real(c7), reals) - Bias(4);
        var c2 = Low(a0, b2) + Low(a1, b1) + Low(a2, b0) + Low(c7, fold) - (h2 << 60) + (h1 << 8);
        var h3 = High(x0, y3) + High(x1, y2) + High(x2, y1) + High(x3, y0) + High(Real(c8), reals) - Bias(5);
        var c3 = Low(a0, b3) + Low(a1, b2) + Low(a2, b1) + Low(a3, b0) + Low(c8, fold) - (h3 << 60) + (h2 << 8);
        Carry(c0, c1, c2, c3, c4 + (h3 << 8), out r0, out r1, out r2, out r3, out r4);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Square(out LaneElement r, in LaneElement a)
    {
        AssertBounds(a, a, MaxSquare);
        var (a0, a1, a2, a3, a4) = (a.N0, a.N1, a.N2, a.N3, a.N4);
        var (x0, x1, x2, x3, x4) = (Real(a0), Real(a1), Real(a2), Real(a3), Real(a4));
        var (d0, d1, d2, d3) = (a0 + a0, a1 + a1, a2 + a2, a3 + a3);
        var (z0, z1, z2, z3) = (x0 + x0, x1 + x1, x2 + x2, x3 + x3);
        var (fold, reals) = (Vector512.Create(R), Vector512.Create((double)R));

        var h8 = High(x4, x4) - Bias(1);
        var c8 = Low(a4, a4) - (h8 << 60);
        h8 <<= 8;
        var h4 = High(z0, x4) + High(z1, x3) + High(x2, x2) + High(Real(h8), reals) - Bias(4);
        var c4 = Low(d0, a4) + Low(d1, a3) + Low(a2, a2) + Low(h8, fold) - (h4 << 60);
        var h5 = High(z1, x4) + High(z2, x3) - Bias(2);
        var c5 = Low(d1, a4) + Low(d2, a3) - (h5 << 60) + (h4 << 8);
        var h6 = High(z2, x4) + High(x3, x3) - Bias(2);
        var c6 = Low(d2, a4) + Low(a3, a3) - (h6 << 60) + (h5 << 8);
        var h7 = High(z3, x4) - Bias(1);
        var c7 = Low(d3, a4) - (h7 << 60) + (h6 << 8);
        c8 += h7 << 8;

        var h0 = High(x0, x0) + High(Real(c5), reals) - Bias(2);
        var c0 = Low(a0, a0) + Low(c5, fold) - (h0 << 60);
        var h1 = High(z0, x1) + High(Real(c6), reals) - Bias(2);
        var c1 = Low(d0, a1) + Low(c6, fold) - (h1 << 60) + (h0 << 8);
        var h2 = High(z0, x2) + High(x1, x1) + High(Real(c7), reals) - Bias(3);
        var c2 = Low(d0, a2) + Low(a1, a1) + Low(c7, fold) - (h2 << 60) + (h1 << 8);
        var h3 = High(z0, x3) + High(z1, x2) + High(Real(c8), reals) - Bias(3);
        var c3 = Low(d0, a3) + Low(d1, a2) + Low(c8, fold) - (h3 << 60) + (h2 << 8);
        Carry(c0, c1, c2, c3, c4 + (h3 << 8), out var r0, out var r1, out var r2, out var r3, out var r4);
        (r.N0, r.N1, r.N2, r.N3, r.N4) = (r0, r1, r2, r3, r4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Real(Vector512<long> value) => Avx512DQ.ConvertToVector512Double(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> High(Vector512<double> x, Vector512<double> y) =>
        Avx512F.FusedMultiplyAdd(x, y, Vector512.Create(Rounding)).AsInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Low(Vector512<long> a, Vector512<long> b) => Avx512DQ.MultiplyLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Bias(long count) => Vector512.Create(unchecked(count * RoundingBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        Vector512<long> c0, Vector512<long> c1, Vector512<long> c2, Vector512<long> c3, Vector512<long> c4,
        out Vector512<long> r0, out Vector512<long> r1, out Vector512<long> r2, out Vector512<long> r3,
        out Vector512<long> r4)
    {
        var mask = Vector512.Create(LaneElement.Mask52);
        var top = Avx512F.ShiftRightArithmetic(c4, 48);
        c0 += (top << 32) + Avx512DQ.MultiplyLow(top, Vector512.Create(0x3D1L));
        r0 = c0 & mask;
        r1 = (c1 & mask) + Avx512F.ShiftRightArithmetic(c0, 52);
        r2 = (c2 & mask) + Avx512F.ShiftRightArithmetic(c1, 52);
        r3 = (c3 & mask) + Avx512F.ShiftRightArithmetic(c2, 52);
        r4 = (c4 & Vector512.Create(LaneElement.Mask48)) + Avx512F.ShiftRightArithmetic(c3, 52);
    }

    [Conditional("DEBUG")]
    private static void AssertBounds(in LaneElement a, in LaneElement b, double bound)
    {
        double ma = 1.01, mb = 1.01;
        while (!a.IsWithin(ma) && ma < bound)
            ma *= 1.1;
        while (!b.IsWithin(mb) && mb < bound)
            mb *= 1.1;
        Debug.Assert(a.IsWithin(ma) && b.IsWithin(mb) && ma * mb <= bound * 1.21);
    }
}
