using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>
/// Two points (X : Y : Z), one in lanes 0, 1 and 2, one in lanes 4, 5 and 6; lanes 3 and 7 are anything.
/// Constant-time and complete.
/// </summary>
/// <remarks>
/// The formulas of <see cref="LanePoint"/>, whose multiplications fall into rounds of four: two rounds for a doubling,
/// three for an addition. Controls of permutations name the lanes from 3 down to 0. Magnitudes up to 2 on input and
/// output.
/// </remarks>
internal struct RowPoint
{
    private static readonly LaneElement Endomorphic = LaneElement.Create(
    [
        FieldElement.One, FieldElement.One, FieldElement.One, FieldElement.One,
        AffinePoint.Beta, FieldElement.One, FieldElement.One, FieldElement.One,
    ]);

    private static readonly LaneElement Beta = LaneElement.Create(
    [
        AffinePoint.Beta, FieldElement.One, FieldElement.One, FieldElement.One,
        AffinePoint.Beta, FieldElement.One, FieldElement.One, FieldElement.One,
    ]);

    public LaneElement Row;

    /// <summary>The identity, twice.</summary>
    public static RowPoint Zero => new() { Row = new LaneElement { N0 = Both(0, 1, 0, 0) } };

    /// <summary>A point in Jacobian coordinates, twice.</summary>
    public static RowPoint From(in JacobianPoint p)
    {
        Homogeneous.FromJacobian(p, out var x, out var y, out var z);
        return new RowPoint { Row = LaneElement.Create([x, y, z, default, x, y, z, default]) };
    }

    /// <summary>Two of the points of eight lanes each, counted through.</summary>
    public static RowPoint From(ReadOnlySpan<LanePoint> points, int first, int second)
    {
        ref var a = ref Limbs(points, first);
        ref var b = ref Limbs(points, second);
        RowPoint r;
        r.Row.N0 = Gather(ref a, ref b, 0);
        r.Row.N1 = Gather(ref a, ref b, 1);
        r.Row.N2 = Gather(ref a, ref b, 2);
        r.Row.N3 = Gather(ref a, ref b, 3);
        r.Row.N4 = Gather(ref a, ref b, 4);
        return r;
    }

    /// <summary>The first point.</summary>
    public readonly JacobianPoint First => Homogeneous.ToJacobian(Row[0], Row[1], Row[2]);

    /// <summary>The second point.</summary>
    public readonly JacobianPoint Second => Homogeneous.ToJacobian(Row[4], Row[5], Row[6]);

    /// <summary>Adds λ times the second point to the first.</summary>
    public static void AddMapped(ref RowPoint p)
    {
        RowPoint other;
        LaneProduct.Multiply(out p.Row, p.Row, Endomorphic);
        LaneElement.Swap(out other.Row, p.Row);
        Add(ref p, other);
    }

    /// <summary>λ times both points.</summary>
    public readonly RowPoint Mapped()
    {
        RowPoint r;
        LaneProduct.Multiply(out r.Row, Row, Beta);
        return r;
    }

    /// <summary>Takes the first point of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeFirst(in RowPoint other) => Row.TakeIf(other.Row, Vector512.Create(-1L, -1, -1, -1, 0, 0, 0, 0));

    /// <summary>The first point of one and the second of another, negated where the mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join(out RowPoint r, in RowPoint first, in RowPoint second, Vector512<long> negative)
    {
        var mask = negative & Both(0, -1, 0, 0);
        r.Row.N0 = (Halves(first.Row.N0, second.Row.N0) ^ mask) - mask;
        r.Row.N1 = (Halves(first.Row.N1, second.Row.N1) ^ mask) - mask;
        r.Row.N2 = (Halves(first.Row.N2, second.Row.N2) ^ mask) - mask;
        r.Row.N3 = (Halves(first.Row.N3, second.Row.N3) ^ mask) - mask;
        r.Row.N4 = (Halves(first.Row.N4, second.Row.N4) ^ mask) - mask;
    }

    /// <summary>The first point twice, and the second twice.</summary>
    public readonly void Spread(out RowPoint first, out RowPoint second)
    {
        LaneElement.Swap(out first.Row, Row);
        second = this;
        second.TakeFirst(first);
        first.TakeFirst(this);
    }

    /// <summary>2·P of both.</summary>
    public static void Double(ref RowPoint p) => Double(ref p, 1);

    /// <summary>2·P of both, so many times.</summary>
    /// <remarks>
    /// First round: t0 = Y², t1 = YZ, t2 = 21Z², XY. Second: (t0 − 3t2)·XY, (t0 − 3t2)(t0 + t2), t1·8t0, t2·8t0.
    /// The limbs stay in registers from round to round, which nearly halves the time.
    /// </remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Double(ref RowPoint p, int times)
    {
        var (p0, p1, p2, p3, p4) = (p.Row.N0, p.Row.N1, p.Row.N2, p.Row.N3, p.Row.N4);
        for (var i = 0; i < times; i++)
        {
            LaneProduct.Multiply(
                Left(p0), Left(p1), Left(p2), Left(p3), Left(p4), Right(p0), Right(p1), Right(p2), Right(p3), Right(p4),
                out var m0, out var m1, out var m2, out var m3, out var m4);
            LaneProduct.Multiply(
                Outer(m0), Outer(m1), Outer(m2), Outer(m3), Outer(m4),
                Inner(m0), Inner(m1), Inner(m2), Inner(m3), Inner(m4),
                out m0, out m1, out m2, out m3, out m4);
            (p0, p1, p2, p3, p4) = (Doubled(m0), Doubled(m1), Doubled(m2), Doubled(m3), Doubled(m4));
        }
        p.Row = new LaneElement { N0 = p0, N1 = p1, N2 = p2, N3 = p3, N4 = p4 };
    }

    /// <summary>P + Q of both.</summary>
    /// <remarks>
    /// First round: t0 = X₁X₂, t1 = Y₁Y₂, t2 = Z₁Z₂, (X₁ + Y₁)(X₂ + Y₂). With t3 = X₁Y₂ + Y₁X₂, the second:
    /// (Y₁ + Z₁)(Y₂ + Z₂), (X₁ + Z₁)(X₂ + Z₂), t3(t1 − 21t2), 3t0·t3. With t4 = Y₁Z₂ + Z₁Y₂ and
    /// y = 21(X₁Z₂ + Z₁X₂), the third: t4·y, y·3t0, (t1 + 21t2)t4, (t1 + 21t2)(t1 − 21t2).
    /// </remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref RowPoint p, in RowPoint q)
    {
        LaneProduct.Multiply(
            WithSum(p.Row.N0), WithSum(p.Row.N1), WithSum(p.Row.N2), WithSum(p.Row.N3), WithSum(p.Row.N4),
            WithSum(q.Row.N0), WithSum(q.Row.N1), WithSum(q.Row.N2), WithSum(q.Row.N3), WithSum(q.Row.N4),
            out var m0, out var m1, out var m2, out var m3, out var m4);
        LaneProduct.Multiply(
            OuterLeft(p.Row.N0, m0), OuterLeft(p.Row.N1, m1), OuterLeft(p.Row.N2, m2),
            OuterLeft(p.Row.N3, m3), OuterLeft(p.Row.N4, m4),
            OuterRight(q.Row.N0, m0), OuterRight(q.Row.N1, m1), OuterRight(q.Row.N2, m2),
            OuterRight(q.Row.N3, m3), OuterRight(q.Row.N4, m4),
            out var n0, out var n1, out var n2, out var n3, out var n4);
        LaneElement t = new()
        {
            N0 = Middle(n0, m0),
            N1 = Middle(n1, m1),
            N2 = Middle(n2, m2),
            N3 = Middle(n3, m3),
            N4 = Middle(n4, m4),
        };
        t.Weaken();
        LaneProduct.Multiply(
            LastLeft(t.N0, m0), LastLeft(t.N1, m1), LastLeft(t.N2, m2), LastLeft(t.N3, m3), LastLeft(t.N4, m4),
            LastRight(t.N0, m0), LastRight(t.N1, m1), LastRight(t.N2, m2), LastRight(t.N3, m3), LastRight(t.N4, m4),
            out m0, out m1, out m2, out m3, out m4);
        p.Row = new LaneElement
        {
            N0 = Sum(n0, m0),
            N1 = Sum(n1, m1),
            N2 = Sum(n2, m2),
            N3 = Sum(n3, m3),
            N4 = Sum(n4, m4),
        };
    }

    /// <summary>Negates the points in whose lanes the mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NegateIf(Vector512<long> mask) => Row.NegateIf(mask & Both(0, -1, 0, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Halves(Vector512<long> first, Vector512<long> second) =>
        Avx512F.Shuffle4x128(first, second, 0b11_10_01_00);

    /// <summary>One vector of four lanes in both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Both(long a, long b, long c, long d) => Vector512.Create(a, b, c, d, a, b, c, d);

    /// <summary>Y, Y, Z, X.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Left(Vector512<long> p) => Avx512F.Permute4x64(p, 0b00_10_01_01);

    /// <summary>Y, Z, 21Z, Y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Right(Vector512<long> p) =>
        Avx512DQ.MultiplyLow(Avx512F.Permute4x64(p, 0b01_10_10_01), Both(1, 1, 21, 1));

    /// <summary>t0 − 3t2, t0 − 3t2, t1, t2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Outer(Vector512<long> m)
    {
        var t2 = Avx512F.Permute4x64(m, 0b10_10_10_10) & Both(-1, -1, 0, 0);
        return Avx512F.Permute4x64(m, 0b10_01_00_00) - (t2 + t2 + t2);
    }

    /// <summary>XY, t0 + t2, 8t0, 8t0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Inner(Vector512<long> m)
    {
        var t2 = Avx512F.Permute4x64(m, 0b10_10_10_10) & Both(0, -1, 0, 0);
        var t0 = Avx512F.Permute4x64(m, 0b00_00_00_11);
        return Avx512F.ShiftLeftLogicalVariable(t0, Both(0, 0, 3, 3).AsUInt64()) + t2;
    }

    /// <summary>2m0, m1 + m3, m2, from m0 to m3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Doubled(Vector512<long> m) =>
        m + (Avx512F.Permute4x64(m, 0b00_00_11_00) & Both(-1, -1, 0, 0));

    /// <summary>X, Y, Z, X + Y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> WithSum(Vector512<long> p) =>
        Avx512F.Permute4x64(p, 0b00_10_01_00) + (Avx512F.Permute4x64(p, 0b01_01_01_01) & Both(0, 0, 0, -1));

    /// <summary>Y₁ + Z₁, X₁ + Z₁, t3, 3t0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> OuterLeft(Vector512<long> p, Vector512<long> m)
    {
        var t0 = Avx512F.Permute4x64(m, 0b00_00_00_00);
        return Take(Take(OuterSums(p), Cross(m), Both(0, 0, -1, 0)), t0 + t0 + t0, Both(0, 0, 0, -1));
    }

    /// <summary>Y₂ + Z₂, X₂ + Z₂, t1 − 21t2, t3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> OuterRight(Vector512<long> q, Vector512<long> m)
    {
        var minus = Avx512F.Permute4x64(m, 0b01_01_01_01) - Scaled(m);
        return Take(Take(OuterSums(q), minus, Both(0, 0, -1, 0)), Cross(m), Both(0, 0, 0, -1));
    }

    /// <summary>t4, y, t1 − 21t2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Middle(Vector512<long> n, Vector512<long> m)
    {
        var difference = n - Avx512F.Permute4x64(m, 0b00_00_00_01) - Avx512F.Permute4x64(m, 0b10_10_10_10);
        var minus = Avx512F.Permute4x64(m, 0b01_01_01_01) - Scaled(m);
        return Take(Avx512DQ.MultiplyLow(difference, Both(1, 21, 0, 0)), minus, Both(0, 0, -1, 0));
    }

    /// <summary>t4, y, t1 + 21t2, t1 + 21t2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LastLeft(Vector512<long> t, Vector512<long> m) =>
        Take(t, Avx512F.Permute4x64(m, 0b01_01_01_01) + Scaled(m), Both(0, 0, -1, -1));

    /// <summary>y, 3t0, t4, t1 − 21t2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LastRight(Vector512<long> t, Vector512<long> m)
    {
        var t0 = Avx512F.Permute4x64(m, 0b00_00_00_00);
        return Take(Avx512F.Permute4x64(t, 0b10_00_00_01), t0 + t0 + t0, Both(0, -1, 0, 0));
    }

    /// <summary>t3(t1 − 21t2) − t4·y, y·3t0 + (t1 + 21t2)(t1 − 21t2), (t1 + 21t2)t4 + 3t0·t3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Sum(Vector512<long> n, Vector512<long> m)
    {
        var second = Avx512F.Permute4x64(m, 0b00_00_11_00) & Both(0, -1, 0, 0);
        var negated = (m ^ Both(-1, 0, 0, 0)) - Both(-1, 0, 0, 0);
        return negated + second + (Avx512F.Permute4x64(n, 0b00_11_00_10) & Both(-1, 0, -1, 0));
    }

    /// <summary>Y + Z, X + Z, and anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> OuterSums(Vector512<long> p) =>
        Avx512F.Permute4x64(p, 0b00_00_00_01) + Avx512F.Permute4x64(p, 0b10_10_10_10);

    /// <summary>t3 in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Cross(Vector512<long> m) =>
        Avx512F.Permute4x64(m, 0b11_11_11_11)
        - Avx512F.Permute4x64(m, 0b00_00_00_00) - Avx512F.Permute4x64(m, 0b01_01_01_01);

    /// <summary>21t2 in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Scaled(Vector512<long> m) =>
        Avx512DQ.MultiplyLow(Avx512F.Permute4x64(m, 0b10_10_10_10), Vector512.Create(21L));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Take(Vector512<long> a, Vector512<long> b, Vector512<long> mask) =>
        Vector512.ConditionalSelect(mask, b, a);

    /// <summary>The lowest limb of x of a point; the others of x, y and z follow, each eight further on.</summary>
    private static ref long Limbs(ReadOnlySpan<LanePoint> points, int i) =>
        ref Unsafe.Add(ref Unsafe.As<LanePoint, long>(ref Unsafe.AsRef(in points[i / 8])), i % 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Gather(ref long a, ref long b, int limb) => Vector512.Create(
        Unsafe.Add(ref a, 8 * limb), Unsafe.Add(ref a, 8 * (5 + limb)), Unsafe.Add(ref a, 8 * (10 + limb)), 0,
        Unsafe.Add(ref b, 8 * limb), Unsafe.Add(ref b, 8 * (5 + limb)), Unsafe.Add(ref b, 8 * (10 + limb)), 0);
}
