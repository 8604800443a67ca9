using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Multiplication and squaring modulo p; constant-time.</summary>
/// <remarks>
/// Both operands are shifted left by 6 once, so that the high word of a limb product is its bits from 2⁵² up: no carry
/// has to be looked at. Per column k, h is the sum of those high parts, and the exact rest is the sum of the products
/// modulo 2⁶⁴ less h·2⁵². Column k's h counts in column k + 1. Columns 5 to 8 fold into 0 to 3 by R = 2²⁶⁰ mod p.
/// Bounds: limbs below 2⁵⁸, so that the shift loses nothing; five products of magnitudes a and b sum to less than
/// 20·a·b·2¹⁰⁴, which keeps every h below 2⁶⁴ for a·b up to 200. Results have magnitude 1. Operands may be the result.
/// </remarks>
internal static class FieldProduct
{
    private const ulong R = 0x10_0000_3D10;
    private const ulong RHigh = R << 12;
    private const uint MaxProduct = 200;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out FieldElement r, in FieldElement a, in FieldElement b)
    {
        AssertBounds(a, b);
        ulong a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
        ulong b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
        ulong x0 = a0 << 6, x1 = a1 << 6, x2 = a2 << 6, x3 = a3 << 6, x4 = a4 << 6;
        ulong y0 = b0 << 6, y1 = b1 << 6, y2 = b2 << 6, y3 = b3 << 6, y4 = b4 << 6;

        var h8 = High(x4, y4);
        var c8 = (a4 * b4) - (h8 << 52);
        var h4 = High(x0, y4) + High(x1, y3) + High(x2, y2) + High(x3, y1) + High(x4, y0) + High(RHigh, h8);
        var c4 = (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0) + (h8 * R) - (h4 << 52);
        var h5 = High(x1, y4) + High(x2, y3) + High(x3, y2) + High(x4, y1);
        var c5 = (a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1) - (h5 << 52) + h4;
        var h6 = High(x2, y4) + High(x3, y3) + High(x4, y2);
        var c6 = (a2 * b4) + (a3 * b3) + (a4 * b2) - (h6 << 52) + h5;
        var h7 = High(x3, y4) + High(x4, y3);
        var c7 = (a3 * b4) + (a4 * b3) - (h7 << 52) + h6;
        c8 += h7;

        var h0 = High(x0, y0) + High(RHigh, c5);
        var c0 = (a0 * b0) + (c5 * R) - (h0 << 52);
        var h1 = High(x0, y1) + High(x1, y0) + High(RHigh, c6);
        var c1 = (a0 * b1) + (a1 * b0) + (c6 * R) - (h1 << 52) + h0;
        var h2 = High(x0, y2) + High(x1, y1) + High(x2, y0) + High(RHigh, c7);
        var c2 = (a0 * b2) + (a1 * b1) + (a2 * b0) + (c7 * R) - (h2 << 52) + h1;
        var h3 = High(x0, y3) + High(x1, y2) + High(x2, y1) + High(x3, y0) + High(RHigh, c8);
        var c3 = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0) + (c8 * R) - (h3 << 52) + h2;
        Carry(out r, c0, c1, c2, c3, c4 + h3);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out FieldElement r, in FieldElement a)
    {
        AssertBounds(a, a);
        ulong a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
        ulong x0 = a0 << 6, x1 = a1 << 6, x2 = a2 << 6, x3 = a3 << 6, x4 = a4 << 6;

        var h8 = High(x4, x4);
        var c8 = (a4 * a4) - (h8 << 52);
        var h4 = ((High(x0, x4) + High(x1, x3)) << 1) + High(x2, x2) + High(RHigh, h8);
        var c4 = (((a0 * a4) + (a1 * a3)) << 1) + (a2 * a2) + (h8 * R) - (h4 << 52);
        var h5 = (High(x1, x4) + High(x2, x3)) << 1;
        var c5 = (((a1 * a4) + (a2 * a3)) << 1) - (h5 << 52) + h4;
        var h6 = (High(x2, x4) << 1) + High(x3, x3);
        var c6 = ((a2 * a4) << 1) + (a3 * a3) - (h6 << 52) + h5;
        var h7 = High(x3, x4) << 1;
        var c7 = ((a3 * a4) << 1) - (h7 << 52) + h6;
        c8 += h7;

        var h0 = High(x0, x0) + High(RHigh, c5);
        var c0 = (a0 * a0) + (c5 * R) - (h0 << 52);
        var h1 = (High(x0, x1) << 1) + High(RHigh, c6);
        var c1 = ((a0 * a1) << 1) + (c6 * R) - (h1 << 52) + h0;
        var h2 = (High(x0, x2) << 1) + High(x1, x1) + High(RHigh, c7);
        var c2 = ((a0 * a2) << 1) + (a1 * a1) + (c7 * R) - (h2 << 52) + h1;
        var h3 = ((High(x0, x3) + High(x1, x2)) << 1) + High(RHigh, c8);
        var c3 = (((a0 * a3) + (a1 * a2)) << 1) + (c8 * R) - (h3 << 52) + h2;
        Carry(out r, c0, c1, c2, c3, c4 + h3);
    }

    /// <summary>Squares <paramref name="count"/> times, in place.</summary>
    public static void SquareTimes(ref FieldElement a, int count)
    {
        for (var i = 0; i < count; i++)
            Square(out a, a);
    }

    /// <summary>The high word of a product; one instruction where BMI2 is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong x, ulong y) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(x, y) : Math.BigMul(x, y, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(out FieldElement r, ulong c0, ulong c1, ulong c2, ulong c3, ulong c4)
    {
        c0 += (c4 >> 48) * FieldElement.Fold;
        r.N0 = c0 & FieldElement.Mask52;
        r.N1 = (c1 & FieldElement.Mask52) + (c0 >> 52);
        r.N2 = (c2 & FieldElement.Mask52) + (c1 >> 52);
        r.N3 = (c3 & FieldElement.Mask52) + (c2 >> 52);
        r.N4 = (c4 & FieldElement.Mask48) + (c3 >> 52);
    }

    [Conditional("DEBUG")]
    private static void AssertBounds(in FieldElement a, in FieldElement b)
    {
        uint ma = 1, mb = 1;
        while (!a.IsWithin(ma) && ma < FieldElement.MaxMagnitude)
            ma++;
        while (!b.IsWithin(mb) && mb < FieldElement.MaxMagnitude)
            mb++;
        Debug.Assert(a.IsWithin(ma) && b.IsWithin(mb) && ma * mb <= MaxProduct);
    }
}
