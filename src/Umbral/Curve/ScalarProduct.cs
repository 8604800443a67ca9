using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>The product of two scalars before reduction: ten columns of 52 bits. Constant-time.</summary>
/// <remarks>
/// The scheme of <see cref="FieldProduct"/>. The columns are below 2⁵⁶. Reduction folds columns 5 to 9 by
/// M = 2²⁶⁰ mod n (133 bits), which leaves less than 2³⁸⁶; folds again, which leaves less than 2²⁶⁴; then folds the
/// at most 8 bits above 2²⁵⁶ by m = 2²⁵⁶ − n and takes n away once.
/// </remarks>
internal readonly ref struct ScalarProduct
{
    private const ulong Mask = FieldElement.Mask52;
    private const ulong Small0 = 0xD_A173_2FC9_BEBF;
    private const ulong Small1 = 0x1_950B_75FC_4402;
    private const ulong Small2 = 0x145_5123;
    private const ulong Big0 = 0xA_1732_FC9B_EBF0;
    private const ulong Big1 = 0x9_50B7_5FC4_402D;
    private const ulong Big2 = 0x1455_1231;

    private readonly ulong _p0, _p1, _p2, _p3, _p4, _p5, _p6, _p7, _p8, _p9;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ScalarProduct(in Scalar a, in Scalar b)
    {
        FieldElement.FromWords(out var x, a.Words);
        FieldElement.FromWords(out var y, b.Words);
        ulong a0 = x.N0, a1 = x.N1, a2 = x.N2, a3 = x.N3, a4 = x.N4;
        ulong b0 = y.N0, b1 = y.N1, b2 = y.N2, b3 = y.N3, b4 = y.N4;

        var h0 = High(a0, b0);
        _p0 = (a0 * b0) - (h0 << 52);
        var h1 = High(a0, b1) + High(a1, b0);
        _p1 = (a0 * b1) + (a1 * b0) - (h1 << 52) + h0;
        var h2 = High(a0, b2) + High(a1, b1) + High(a2, b0);
        _p2 = (a0 * b2) + (a1 * b1) + (a2 * b0) - (h2 << 52) + h1;
        var h3 = High(a0, b3) + High(a1, b2) + High(a2, b1) + High(a3, b0);
        _p3 = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0) - (h3 << 52) + h2;
        var h4 = High(a0, b4) + High(a1, b3) + High(a2, b2) + High(a3, b1) + High(a4, b0);
        _p4 = (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0) - (h4 << 52) + h3;
        var h5 = High(a1, b4) + High(a2, b3) + High(a3, b2) + High(a4, b1);
        _p5 = (a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1) - (h5 << 52) + h4;
        var h6 = High(a2, b4) + High(a3, b3) + High(a4, b2);
        _p6 = (a2 * b4) + (a3 * b3) + (a4 * b2) - (h6 << 52) + h5;
        var h7 = High(a3, b4) + High(a4, b3);
        _p7 = (a3 * b4) + (a4 * b3) - (h7 << 52) + h6;
        var h8 = High(a4, b4);
        _p8 = (a4 * b4) - (h8 << 52) + h7;
        _p9 = h8;
    }

    /// <summary>The product modulo n.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Scalar Reduced()
    {
        var h0 = High(_p5, Big0);
        var q0 = _p0 + (_p5 * Big0) - (h0 << 52);
        var h1 = High(_p5, Big1) + High(_p6, Big0);
        var q1 = _p1 + (_p5 * Big1) + (_p6 * Big0) - (h1 << 52) + h0;
        var h2 = High(_p5, Big2) + High(_p6, Big1) + High(_p7, Big0);
        var q2 = _p2 + (_p5 * Big2) + (_p6 * Big1) + (_p7 * Big0) - (h2 << 52) + h1;
        var h3 = High(_p6, Big2) + High(_p7, Big1) + High(_p8, Big0);
        var q3 = _p3 + (_p6 * Big2) + (_p7 * Big1) + (_p8 * Big0) - (h3 << 52) + h2;
        var h4 = High(_p7, Big2) + High(_p8, Big1) + High(_p9, Big0);
        var q4 = _p4 + (_p7 * Big2) + (_p8 * Big1) + (_p9 * Big0) - (h4 << 52) + h3;
        var h5 = High(_p8, Big2) + High(_p9, Big1);
        var q5 = (_p8 * Big2) + (_p9 * Big1) - (h5 << 52) + h4;
        var h6 = High(_p9, Big2);
        var q6 = (_p9 * Big2) - (h6 << 52) + h5;
        return FoldAgain(q0, q1, q2, q3, q4, q5, q6, h6);
    }

    /// <summary>The product divided by 2³⁸⁴ and rounded; below 2¹²⁸.</summary>
    public Scalar RoundedHigh()
    {
        var p5 = _p5 + ((_p4 + ((_p3 + ((_p2 + ((_p1 + (_p0 >> 52)) >> 52)) >> 52)) >> 52)) >> 52);
        var p6 = _p6 + (p5 >> 52);
        var p7 = _p7 + (p6 >> 52);
        var p8 = _p8 + (p7 >> 52);
        var p9 = _p9 + (p8 >> 52);
        p7 &= Mask;
        p8 &= Mask;
        var low = (p7 >> 20) | (p8 << 32);
        var high = (p8 >> 32) | (p9 << 20);
        var round = Scalar.FromUInt64((p7 >> 19) & 1);
        return Scalar.Add(Scalar.FromReducedWords(new Words256 { W0 = low, W1 = high }), round);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Scalar FoldAgain(
        ulong q0, ulong q1, ulong q2, ulong q3, ulong q4, ulong q5, ulong q6, ulong q7)
    {
        var h0 = High(q5, Big0);
        q0 += (q5 * Big0) - (h0 << 52);
        var h1 = High(q5, Big1) + High(q6, Big0);
        q1 += (q5 * Big1) + (q6 * Big0) - (h1 << 52) + h0;
        var h2 = High(q5, Big2) + High(q6, Big1) + High(q7, Big0);
        q2 += (q5 * Big2) + (q6 * Big1) + (q7 * Big0) - (h2 << 52) + h1;
        var h3 = High(q6, Big2) + High(q7, Big1);
        q3 += (q6 * Big2) + (q7 * Big1) - (h3 << 52) + h2;
        var h4 = High(q7, Big2);
        q4 += (q7 * Big2) - (h4 << 52) + h3;
        return Finish(q0, q1, q2, q3, q4, h4);
    }

    private static Scalar Finish(ulong c0, ulong c1, ulong c2, ulong c3, ulong c4, ulong c5)
    {
        Propagate(ref c0, ref c1, ref c2, ref c3, ref c4);
        var top = (c4 >> 48) + (c5 << 4);
        c4 &= FieldElement.Mask48;
        c0 += top * Small0;
        c1 += top * Small1;
        c2 += top * Small2;
        Propagate(ref c0, ref c1, ref c2, ref c3, ref c4);
        var low = new FieldElement { N0 = c0, N1 = c1, N2 = c2, N3 = c3, N4 = c4 & FieldElement.Mask48 };
        var r = Scalar.FromReducedWords(low.ToWords());
        r.ReduceOnce(c4 >> 48);
        return r;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Propagate(ref ulong c0, ref ulong c1, ref ulong c2, ref ulong c3, ref ulong c4)
    {
        c1 += c0 >> 52;
        c0 &= Mask;
        c2 += c1 >> 52;
        c1 &= Mask;
        c3 += c2 >> 52;
        c2 &= Mask;
        c4 += c3 >> 52;
        c3 &= Mask;
    }

    /// <summary>The bits of a product of two numbers below 2⁵⁸ from 2⁵² up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong x, ulong y) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(x << 6, y << 6) : Math.BigMul(x << 6, y << 6, out _);
}
