using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Eight points (X : Y : Z), x = X/Z, y = Y/Z; the identity is (0 : 1 : 0). Constant-time and complete.</summary>
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
    public static void Double(ref LanePoint p)
    {
        LaneProduct.Square(out var t0, p.Y);
        LaneProduct.Multiply(out var t1, p.Y, p.Z);
        LaneElement.Scale(out var t2, p.Z, Vector512.Create(21L)); // 42
        LaneProduct.Multiply(out t2, t2, p.Z);
        LaneProduct.Multiply(out var xy, p.X, p.Y);
        LaneElement.Scale(out var z, t0, Vector512.Create(8L));
        LaneElement.Add(out var y, t0, t2); // 2
        LaneProduct.Multiply(out var x, t2, z);
        LaneProduct.Multiply(out p.Z, t1, z);
        LaneElement.Scale(out t2, t2, Vector512.Create(3L));
        LaneElement.Subtract(out t0, t0, t2); // 4
        LaneProduct.Multiply(out t1, t0, y);
        LaneElement.Add(out p.Y, x, t1);
        LaneProduct.Multiply(out x, t0, xy);
        LaneElement.Add(out p.X, x, x);
    }

    /// <summary>P + Q in every lane.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref LanePoint p, in LanePoint q)
    {
        LaneProduct.Multiply(out var t0, p.X, q.X);
        LaneProduct.Multiply(out var t1, p.Y, q.Y);
        LaneProduct.Multiply(out var t2, p.Z, q.Z);
        CrossTerm(out var t3, p.X, p.Y, q.X, q.Y, t0, t1);
        CrossTerm(out var t4, p.Y, p.Z, q.Y, q.Z, t1, t2);
        CrossTerm(out var y, p.X, p.Z, q.X, q.Z, t0, t2);
        LaneElement.Scale(out t2, t2, Vector512.Create(21L));
        Combine(ref p, t0, t1, t2, t3, t4, y);
    }

    /// <summary>P + Q in every lane, for affine Q.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAffine(ref LanePoint p, in LaneElement qx, in LaneElement qy)
    {
        LaneProduct.Multiply(out var t0, p.X, qx);
        LaneProduct.Multiply(out var t1, p.Y, qy);
        CrossTerm(out var t3, p.X, p.Y, qx, qy, t0, t1);
        LaneProduct.Multiply(out var t4, qy, p.Z);
        LaneElement.Add(out t4, t4, p.Y); // 3
        LaneProduct.Multiply(out var y, qx, p.Z);
        LaneElement.Add(out y, y, p.X); // 3
        LaneElement.Scale(out var t2, p.Z, Vector512.Create(21L));
        Combine(ref p, t0, t1, t2, t3, t4, y);
    }

    /// <summary>a₁b₂ + b₁a₂ from the products of like terms; magnitude 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CrossTerm(
        out LaneElement r, in LaneElement a1, in LaneElement b1, in LaneElement a2, in LaneElement b2,
        in LaneElement aa, in LaneElement bb)
    {
        LaneElement.Add(out var left, a1, b1);
        LaneElement.Add(out var right, a2, b2);
        LaneProduct.Multiply(out r, left, right);
        LaneElement.Subtract(out r, r, aa);
        LaneElement.Subtract(out r, r, bb);
    }

    /// <summary>The second half of both additions; t2 is 21·Z₁Z₂ already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(
        ref LanePoint p, in LaneElement t0, in LaneElement t1, LaneElement t2, in LaneElement t3, in LaneElement t4, LaneElement y)
    {
        t2.Weaken();
        LaneElement.Scale(out y, y, Vector512.Create(21L));
        y.Weaken();
        LaneElement.Scale(out var triple, t0, Vector512.Create(3L)); // 3
        LaneElement.Add(out var z, t1, t2); // 2
        LaneElement.Subtract(out var w, t1, t2); // 2
        LaneProduct.Multiply(out var u, t3, w);
        LaneProduct.Multiply(out var v, t4, y);
        LaneElement.Subtract(out p.X, u, v);
        LaneProduct.Multiply(out u, w, z);
        LaneProduct.Multiply(out v, y, triple);
        LaneElement.Add(out p.Y, u, v);
        LaneProduct.Multiply(out u, z, t4);
        LaneProduct.Multiply(out v, triple, t3);
        LaneElement.Add(out p.Z, u, v);
    }
}
