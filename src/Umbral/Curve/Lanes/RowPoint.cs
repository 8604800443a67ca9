using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Two points (X : Y : Z), one in lanes 0, 1 and 2, one in lanes 4, 5 and 6; lanes 3 and 7 are anything. Constant-time and complete.</summary>
/// <remarks>
/// The formulas of <see cref="LanePoint"/>, whose multiplications fall into rounds of four: two rounds for a doubling, three
/// for an addition. Controls of permutations name the lanes from 3 down to 0. Magnitudes up to 2 on input and output.
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

    /// <summary>The first point and λ times the second.</summary>
    public readonly JacobianPoint AddMapped()
    {
        RowPoint p, other;
        LaneProduct.Multiply(out p.Row, Row, Endomorphic);
        LaneElement.Swap(out other.Row, p.Row);
        Add(ref p, other);
        return p.First;
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
                Outer(m0), Outer(m1), Outer(m2), Outer(m3), Outer(m4), Inner(m0), Inner(m1), Inner(m2), Inner(m3), Inner(m4),
                out m0, out m1, out m2, out m3, out m4);
            (p0, p1, p2, p3, p4) = (Doubled(m0), Doubled(m1), Doubled(m2), Doubled(m3), Doubled(m4));
        }
        p.Row = new LaneElement { N0 = p0, N1 = p1, N2 = p2, N3 = p3, N4 = p4 };
    }

    /// <summary>P + Q of both.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref RowPoint p, in RowPoint q)
    {
        WithSum(out var a, p.Row);
        WithSum(out var b, q.Row);
        LaneProduct.Multiply(out var m, a, b); // t0 = X₁X₂, t1 = Y₁Y₂, t2 = Z₁Z₂, (X₁ + Y₁)(X₂ + Y₂)
        LaneElement.Scale(out var scaled, m, Both(3, 1, 21, 1));
        scaled.Weaken();
        Spread(m, scaled, out var t3, out var minus, out var plus, out var triple);

        OuterSums(out a, p.Row); // Y₁ + Z₁, X₁ + Z₁
        OuterSums(out b, q.Row);
        a.TakeIf(t3, Both(0, 0, -1, 0));
        a.TakeIf(triple, Both(0, 0, 0, -1));
        b.TakeIf(minus, Both(0, 0, -1, 0));
        b.TakeIf(t3, Both(0, 0, 0, -1));
        LaneProduct.Multiply(out var n, a, b); // (Y₁ + Z₁)(Y₂ + Z₂), (X₁ + Z₁)(X₂ + Z₂), t3·minus, 3t0·t3

        LaneElement.Permute(out a, m, 0b00_00_00_01); // t1, t0
        LaneElement.Subtract(out a, n, a);
        LaneElement.Permute(out b, m, 0b10_10_10_10); // t2
        LaneElement.Subtract(out a, a, b);
        LaneElement.Scale(out a, a, Both(1, 21, 0, 0));
        a.Weaken(); // t4 = Y₁Z₂ + Z₁Y₂, y = 21(X₁Z₂ + Z₁X₂)
        LaneElement.Permute(out b, a, 0b00_00_00_01); // y, ·, t4, ·
        b.TakeIf(triple, Both(0, -1, 0, 0));
        b.TakeIf(minus, Both(0, 0, 0, -1)); // y, 3t0, t4, minus
        LaneElement.Permute(out a, a, 0b00_00_01_00); // t4, y, ·, ·
        a.TakeIf(plus, Both(0, 0, -1, -1)); // t4, y, plus, plus
        LaneProduct.Multiply(out m, a, b); // t4·y, y·3t0, plus·t4, plus·minus

        LaneElement.Permute(out a, n, 0b00_11_00_10); // t3·minus, ·, 3t0·t3
        a.And(Both(-1, 0, -1, 0));
        LaneElement.Permute(out b, m, 0b00_00_11_00); // ·, plus·minus
        b.And(Both(0, -1, 0, 0));
        LaneElement.Add(out a, a, b);
        m.NegateIf(Both(-1, 0, 0, 0));
        LaneElement.Add(out p.Row, m, a);
    }

    /// <summary>Negates the points in whose lanes the mask is all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NegateIf(Vector512<long> mask) => Row.NegateIf(mask & Both(0, -1, 0, 0));

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
        return Avx512F.ShiftLeftLogicalVariable(Avx512F.Permute4x64(m, 0b00_00_00_11), Both(0, 0, 3, 3).AsUInt64()) + t2;
    }

    /// <summary>2m0, m1 + m3, m2, from m0 to m3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Doubled(Vector512<long> m) =>
        m + (Avx512F.Permute4x64(m, 0b00_00_11_00) & Both(-1, -1, 0, 0));

    /// <summary>X, Y, Z, X + Y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WithSum(out LaneElement r, in LaneElement p)
    {
        LaneElement.Permute(out r, p, 0b00_10_01_00);
        LaneElement.Permute(out var y, p, 0b01_01_01_01);
        y.And(Both(0, 0, 0, -1));
        LaneElement.Add(out r, r, y);
    }

    /// <summary>Y + Z, X + Z, and anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OuterSums(out LaneElement r, in LaneElement p)
    {
        LaneElement.Permute(out r, p, 0b00_00_00_01);
        LaneElement.Permute(out var z, p, 0b10_10_10_10);
        LaneElement.Add(out r, r, z);
    }

    /// <summary>In all lanes: t3 = X₁Y₂ + Y₁X₂, t1 − 21t2, t1 + 21t2, 3t0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(
        in LaneElement m, in LaneElement scaled,
        out LaneElement t3, out LaneElement minus, out LaneElement plus, out LaneElement triple)
    {
        LaneElement.Permute(out t3, m, 0b11_11_11_11);
        LaneElement.Permute(out var t0, m, 0b00_00_00_00);
        LaneElement.Subtract(out t3, t3, t0);
        LaneElement.Permute(out var t1, m, 0b01_01_01_01);
        LaneElement.Subtract(out t3, t3, t1);
        LaneElement.Permute(out var t2, scaled, 0b10_10_10_10);
        LaneElement.Subtract(out minus, t1, t2);
        LaneElement.Add(out plus, t1, t2);
        LaneElement.Permute(out triple, scaled, 0b00_00_00_00);
    }

    /// <summary>The lowest limb of x of a point; the others of x, y and z follow, each eight further on.</summary>
    private static ref long Limbs(ReadOnlySpan<LanePoint> points, int i) =>
        ref Unsafe.Add(ref Unsafe.As<LanePoint, long>(ref Unsafe.AsRef(in points[i / 8])), i % 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Gather(ref long a, ref long b, int limb) => Vector512.Create(
        Unsafe.Add(ref a, 8 * limb), Unsafe.Add(ref a, 8 * (5 + limb)), Unsafe.Add(ref a, 8 * (10 + limb)), 0,
        Unsafe.Add(ref b, 8 * limb), Unsafe.Add(ref b, 8 * (5 + limb)), Unsafe.Add(ref b, 8 * (10 + limb)), 0);
}
