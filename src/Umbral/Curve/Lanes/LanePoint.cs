using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>
/// Eight points (X : Y : Z), x = X/Z, y = Y/Z; the identity is (0 : 1 : 0). Constant-time and complete.
/// </summary>
/// <remarks>
/// Source: Renes, Costello and Batina (2015), algorithms 7, 8 and 9 for a = 0, 3b = 21: no case is exceptional.
/// Magnitudes: X and Y up to 2, Z up to 2, on input and output.
/// </remarks>
internal struct LanePoint
{
    /// <summary>One in the first half, β in the second.</summary>
    private static readonly LaneElement Endomorphic = LaneElement.Create(
    [
        FieldElement.One, FieldElement.One, FieldElement.One, FieldElement.One,
        AffinePoint.Beta, AffinePoint.Beta, AffinePoint.Beta, AffinePoint.Beta,
    ]);

    private static readonly LaneElement Beta = LaneElement.Create(AffinePoint.Beta);

    public LaneElement X;
    public LaneElement Y;
    public LaneElement Z;

    /// <summary>The identity in every lane.</summary>
    public static LanePoint Identity => new() { Y = new LaneElement { N0 = Vector512<long>.One } };

    /// <summary>The affine points of the lanes, eight of them.</summary>
    public static LanePoint From(ReadOnlySpan<AffinePoint> p) => new()
    {
        X = LaneElement.Create([p[0].X, p[1].X, p[2].X, p[3].X, p[4].X, p[5].X, p[6].X, p[7].X]),
        Y = LaneElement.Create([p[0].Y, p[1].Y, p[2].Y, p[3].Y, p[4].Y, p[5].Y, p[6].Y, p[7].Y]),
        Z = new LaneElement { N0 = Vector512<long>.One },
    };

    /// <summary>The first point of each of eight rows.</summary>
    public static LanePoint From(ReadOnlySpan<RowPoint> rows)
    {
        LanePoint r = default;
        ref var to = ref Unsafe.As<LanePoint, long>(ref r);
        for (var lane = 0; lane < 8; lane++)
        {
            ref var from = ref Unsafe.As<RowPoint, long>(ref Unsafe.AsRef(in rows[lane]));
            for (var i = 0; i < 15; i++)
                Unsafe.Add(ref to, (8 * i) + lane) = Unsafe.Add(ref from, (8 * (i % 5)) + (i / 5));
        }
        return r;
    }

    /// <summary>λ times each point.</summary>
    public readonly LanePoint Mapped()
    {
        var r = this;
        LaneProduct.Multiply(out r.X, X, Beta);
        return r;
    }

    /// <summary>The point of one lane.</summary>
    public readonly JacobianPoint this[int lane] => Homogeneous.ToJacobian(X[lane], Y[lane], Z[lane]);

    /// <summary>The sum of the eight points.</summary>
    public readonly JacobianPoint SumLanes()
    {
        var sum = this;
        AddSwapped(ref sum);
        AddPermuted(ref sum, 0b01_00_11_10);
        AddPermuted(ref sum, 0b10_11_00_01);
        return sum[0];
    }

    /// <summary>Adds to each lane of the first half λ times the lane of the second half that is beside it.</summary>
    public static void AddMappedHalf(ref LanePoint p)
    {
        LaneProduct.Multiply(out p.X, p.X, Endomorphic);
        AddSwapped(ref p);
    }

    /// <summary>Adds to each lane the one that the control of a permutation of both halves names.</summary>
    public static void AddPermuted(ref LanePoint p, [ConstantExpected] byte control)
    {
        LanePoint other;
        LaneElement.Permute(out other.X, p.X, control);
        LaneElement.Permute(out other.Y, p.Y, control);
        LaneElement.Permute(out other.Z, p.Z, control);
        Add(ref p, other);
    }

    /// <summary>Adds to each lane the one beside it in the other half.</summary>
    public static void AddSwapped(ref LanePoint p)
    {
        LanePoint other;
        LaneElement.Swap(out other.X, p.X);
        LaneElement.Swap(out other.Y, p.Y);
        LaneElement.Swap(out other.Z, p.Z);
        Add(ref p, other);
    }

    /// <summary>Takes <paramref name="a"/> in the lanes whose mask is all ones.</summary>
    public void TakeIf(in LanePoint a, Vector512<long> mask)
    {
        X.TakeIf(a.X, mask);
        Y.TakeIf(a.Y, mask);
        Z.TakeIf(a.Z, mask);
    }

    /// <summary>2·P in every lane.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Double(ref LanePoint p)
    {
        var space = stackalloc byte[AlignedElements.Space];
        ref var e = ref AlignedElements.In(space);
        ref var t0 = ref e[0];
        ref var t1 = ref e[1];
        ref var t2 = ref e[2];
        ref var xy = ref e[3];
        ref var y = ref e[4];
        ref var z = ref e[5];
        LaneProduct.Square(out t0, p.Y);
        LaneProduct.Multiply(out t1, p.Y, p.Z);
        LaneElement.Scale(out t2, p.Z, Vector512.Create(21L)); // 42
        LaneProduct.Multiply(out t2, t2, p.Z);
        LaneProduct.Multiply(out xy, p.X, p.Y);
        LaneElement.Scale(out z, t0, Vector512.Create(8L));
        LaneElement.Add(out y, t0, t2); // 2
        LaneProduct.Multiply(out p.X, t2, z);
        LaneProduct.Multiply(out p.Z, t1, z);
        LaneElement.Scale(out t2, t2, Vector512.Create(3L));
        LaneElement.Subtract(out t0, t0, t2); // 4
        LaneProduct.Multiply(out t1, t0, y);
        LaneElement.Add(out p.Y, p.X, t1);
        LaneProduct.Multiply(out t1, t0, xy);
        LaneElement.Add(out p.X, t1, t1);
    }

    /// <summary>P + Q in every lane.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Add(ref LanePoint p, in LanePoint q)
    {
        var space = stackalloc byte[AlignedElements.Space];
        ref var e = ref AlignedElements.In(space);
        LaneProduct.Multiply(out e[0], p.X, q.X);
        LaneProduct.Multiply(out e[1], p.Y, q.Y);
        LaneProduct.Multiply(out e[2], p.Z, q.Z);
        CrossTerm(ref e, 3, p.X, p.Y, q.X, q.Y, e[0], e[1]);
        CrossTerm(ref e, 4, p.Y, p.Z, q.Y, q.Z, e[1], e[2]);
        CrossTerm(ref e, 5, p.X, p.Z, q.X, q.Z, e[0], e[2]);
        LaneElement.Scale(out e[2], e[2], Vector512.Create(21L));
        Combine(ref p, ref e);
    }

    /// <summary>P + Q in every lane, for affine Q.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void AddAffine(ref LanePoint p, in LaneElement qx, in LaneElement qy)
    {
        var space = stackalloc byte[AlignedElements.Space];
        ref var e = ref AlignedElements.In(space);
        LaneProduct.Multiply(out e[0], p.X, qx);
        LaneProduct.Multiply(out e[1], p.Y, qy);
        CrossTerm(ref e, 3, p.X, p.Y, qx, qy, e[0], e[1]);
        LaneProduct.Multiply(out e[4], qy, p.Z);
        LaneElement.Add(out e[4], e[4], p.Y); // 3
        LaneProduct.Multiply(out e[5], qx, p.Z);
        LaneElement.Add(out e[5], e[5], p.X); // 3
        LaneElement.Scale(out e[2], p.Z, Vector512.Create(21L));
        Combine(ref p, ref e);
    }

    /// <summary>Element i becomes a₁b₂ + b₁a₂, from the products of like terms; magnitude 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CrossTerm(
        ref AlignedElements e, int i, in LaneElement a1, in LaneElement b1, in LaneElement a2, in LaneElement b2,
        in LaneElement aa, in LaneElement bb)
    {
        LaneElement.Add(out e[6], a1, b1);
        LaneElement.Add(out e[7], a2, b2);
        LaneProduct.Multiply(out e[i], e[6], e[7]);
        LaneElement.Subtract(out e[i], e[i], aa);
        LaneElement.Subtract(out e[i], e[i], bb);
    }

    /// <summary>
    /// The second half of both additions, from t0 = X₁X₂, t1 = Y₁Y₂, t2 = 21·Z₁Z₂, t3 = X₁Y₂ + Y₁X₂, t4 = Y₁Z₂ + Z₁Y₂
    /// and X₁Z₂ + Z₁X₂.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(ref LanePoint p, ref AlignedElements e)
    {
        ref var triple = ref e[0];
        ref var t3 = ref e[3];
        ref var t4 = ref e[4];
        ref var y = ref e[5];
        ref var z = ref e[6];
        ref var w = ref e[7];
        e[2].Weaken();
        LaneElement.Scale(out y, y, Vector512.Create(21L));
        y.Weaken();
        LaneElement.Scale(out triple, triple, Vector512.Create(3L)); // 3
        LaneElement.Add(out z, e[1], e[2]); // 2
        LaneElement.Subtract(out w, e[1], e[2]); // 2
        LaneProduct.Multiply(out e[1], t3, w);
        LaneProduct.Multiply(out e[2], t4, y);
        LaneElement.Subtract(out p.X, e[1], e[2]);
        LaneProduct.Multiply(out e[1], w, z);
        LaneProduct.Multiply(out e[2], y, triple);
        LaneElement.Add(out p.Y, e[1], e[2]);
        LaneProduct.Multiply(out e[1], z, t4);
        LaneProduct.Multiply(out e[2], triple, t3);
        LaneElement.Add(out p.Z, e[1], e[2]);
    }
}
