using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Between eight entries of eight words and eight vectors with a word of every entry. Constant-time.</summary>
internal static class Transposition
{
    /// <summary>Word i of row j becomes word j of row i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ref Vector512<long> r0, ref Vector512<long> r1, ref Vector512<long> r2, ref Vector512<long> r3,
        ref Vector512<long> r4, ref Vector512<long> r5, ref Vector512<long> r6, ref Vector512<long> r7)
    {
        var (a0, a1) = (Avx512F.UnpackLow(r0, r1), Avx512F.UnpackHigh(r0, r1));
        var (b0, b1) = (Avx512F.UnpackLow(r2, r3), Avx512F.UnpackHigh(r2, r3));
        var (c0, c1) = (Avx512F.UnpackLow(r4, r5), Avx512F.UnpackHigh(r4, r5));
        var (d0, d1) = (Avx512F.UnpackLow(r6, r7), Avx512F.UnpackHigh(r6, r7));
        Join(a0, b0, c0, d0, out r0, out r2, out r4, out r6);
        Join(a1, b1, c1, d1, out r1, out r3, out r5, out r7);
    }

    /// <summary>Quarter i of each goes to result i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(
        Vector512<long> a, Vector512<long> b, Vector512<long> c, Vector512<long> d,
        out Vector512<long> r0, out Vector512<long> r1, out Vector512<long> r2, out Vector512<long> r3)
    {
        var (ab02, ab13) = (Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), Avx512F.Shuffle4x128(a, b, 0b11_01_11_01));
        var (cd02, cd13) = (Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), Avx512F.Shuffle4x128(c, d, 0b11_01_11_01));
        r0 = Avx512F.Shuffle4x128(ab02, cd02, 0b10_00_10_00);
        r1 = Avx512F.Shuffle4x128(ab13, cd13, 0b10_00_10_00);
        r2 = Avx512F.Shuffle4x128(ab02, cd02, 0b11_01_11_01);
        r3 = Avx512F.Shuffle4x128(ab13, cd13, 0b11_01_11_01);
    }
}
