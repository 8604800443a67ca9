using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>A point (X/Z², Y/Z³), or the identity where Z is zero modulo p; coordinates of magnitude 1.</summary>
internal struct JacobianPoint
{
    public FieldElement X;
    public FieldElement Y;
    public FieldElement Z;

    /// <summary>The point with Z = 1; its y may have been negated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JacobianPoint From(in AffinePoint p)
    {
        var r = new JacobianPoint { X = p.X, Y = p.Y, Z = FieldElement.One };
        r.Y.Weaken();
        return r;
    }

    /// <summary>Whether this is the identity.</summary>
    public readonly bool IsIdentity => Z.IsZeroMask() != 0;

    /// <summary>Whether this is the given point, without dividing by Z.</summary>
    public readonly bool EqualTo(in AffinePoint other)
    {
        FieldProduct.Square(out var zz, Z);
        FieldProduct.Multiply(out var x, other.X, zz);
        FieldProduct.Multiply(out zz, zz, Z);
        FieldProduct.Multiply(out var y, other.Y, zz);
        FieldElement.Subtract(out x, x, X, 1);
        FieldElement.Subtract(out y, y, Y, 1);
        return (x.IsZeroMask() & y.IsZeroMask() & ~Z.IsZeroMask()) != 0;
    }

    /// <summary>Takes <paramref name="a"/> where the mask is all ones, keeps itself where it is zero.</summary>
    public void TakeIf(in JacobianPoint a, ulong mask)
    {
        X.TakeIf(a.X, mask);
        Y.TakeIf(a.Y, mask);
        Z.TakeIf(a.Z, mask);
    }

    /// <summary>2·P; the curve has no point of order two, and the identity stays what it is. Constant-time.</summary>
    /// <remarks>Source: EFD, dbl-2009-l: 2 multiplications, 5 squarings.</remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Double(out JacobianPoint r, in JacobianPoint p)
    {
        FieldProduct.Square(out var a, p.X);
        FieldProduct.Square(out var b, p.Y);
        FieldProduct.Square(out var c, b);
        FieldElement.Add(out var t, p.X, b);
        FieldProduct.Square(out t, t);
        FieldElement.Add(out var u, a, c);
        FieldElement.Subtract(out var d, t, u, 2);
        d.Scale(2); // 8
        FieldProduct.Multiply(out var z, p.Y, p.Z);
        var e = a;
        e.Scale(3);
        FieldProduct.Square(out t, e);
        u = d;
        u.Scale(2); // 16
        FieldElement.Subtract(out r.X, t, u, 16);
        r.X.Weaken();
        FieldElement.Subtract(out t, d, r.X, 1);
        FieldProduct.Multiply(out t, t, e);
        c.Scale(8);
        FieldElement.Subtract(out r.Y, t, c, 8);
        r.Y.Weaken();
        z.Scale(2);
        z.Weaken();
        r.Z = z;
    }

    /// <summary>P + Q for every P, the identity, Q and −Q included. Constant-time.</summary>
    /// <remarks>
    /// With T = U₁ + U₂, M = S₁ + S₂ and R = T² − U₁U₂, R/M is the slope of chord and tangent alike; where M is zero,
    /// 2S₁/(U₁ − U₂) is. X₃ = R² − TM², 2Y₃ = R(TM² − 2X₃) − M⁴, Z₃ = Z₁M. Source: Brier and Joye (2002), section 3.
    /// </remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref JacobianPoint p, in AffinePoint q)
    {
        var identity = p.Z.IsZeroMask();
        FieldProduct.Square(out var zz, p.Z);
        FieldProduct.Multiply(out var u2, q.X, zz);
        FieldProduct.Multiply(out var t, zz, p.Z);
        FieldProduct.Multiply(out var s2, q.Y, t);
        FieldElement.Add(out var sum, p.X, u2); // 2
        FieldElement.Add(out var m, p.Y, s2); // 2
        FieldProduct.Square(out var over, sum);
        FieldProduct.Multiply(out t, p.X, u2);
        FieldElement.Subtract(out over, over, t, 1); // 3
        var degenerate = m.IsZeroMask();
        t = p.Y;
        t.Scale(2);
        over.TakeIf(t, degenerate);
        FieldElement.Subtract(out var under, p.X, u2, 1); // 3
        under.TakeIf(m, ~degenerate);

        FieldProduct.Square(out var n, under);
        FieldProduct.Multiply(out var g, sum, n);
        FieldProduct.Square(out n, n);
        n.TakeIf(m, degenerate); // 2
        FieldProduct.Square(out t, over);
        FieldProduct.Multiply(out p.Z, p.Z, under);
        FieldElement.Subtract(out p.X, t, g, 1);
        p.X.Weaken();
        t = p.X;
        t.Scale(2);
        FieldElement.Subtract(out t, g, t, 2); // 4
        FieldProduct.Multiply(out t, t, over);
        FieldElement.Subtract(out p.Y, t, n, 2); // 4
        p.Y.Halve();
        p.Y.Weaken();
        p.TakeIf(From(q), identity);
    }

    /// <summary>P + Q; not constant-time.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddVarTime(ref JacobianPoint p, in AffinePoint q) => AddVarTime(ref p, q, out _);

    /// <summary>P + Q or P − Q; not constant-time.</summary>
    public static void AddVarTime(ref JacobianPoint p, in AffinePoint q, bool negative)
    {
        var entry = q;
        if (negative)
            FieldElement.Negate(out entry.Y, q.Y, 1);
        AddVarTime(ref p, entry, out _);
    }

    /// <summary>P + Q and the ratio of the new Z to the old; not constant-time.</summary>
    /// <remarks>
    /// 8 multiplications, 3 squarings. The identity must have a Z of zero limbs; such are its results.
    /// </remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddVarTime(ref JacobianPoint p, in AffinePoint q, out FieldElement ratio)
    {
        ratio = default;
        if ((p.Z.N0 | p.Z.N1 | p.Z.N2 | p.Z.N3 | p.Z.N4) == 0)
        {
            p = From(q);
            return;
        }
        FieldProduct.Square(out var zz, p.Z);
        FieldProduct.Multiply(out var u2, q.X, zz);
        FieldProduct.Multiply(out var t, zz, p.Z);
        FieldProduct.Multiply(out var s2, q.Y, t);
        FieldElement.Subtract(out var h, u2, p.X, 1); // 3
        FieldElement.Subtract(out var v, s2, p.Y, 1); // 3
        if (h.IsZeroVarTime())
        {
            AddSameX(ref p, v, out ratio);
            return;
        }
        ratio = h;
        AddDifferentX(ref p, p.X, p.Y, h, v);
        FieldProduct.Multiply(out p.Z, p.Z, h);
    }

    /// <summary>P + Q; not constant-time.</summary>
    public static void AddVarTime(ref JacobianPoint p, in JacobianPoint q)
    {
        if (q.IsIdentity)
            return;
        if (p.IsIdentity)
        {
            p = q;
            return;
        }
        FieldProduct.Square(out var z1, p.Z);
        FieldProduct.Square(out var z2, q.Z);
        FieldProduct.Multiply(out var u1, p.X, z2);
        FieldProduct.Multiply(out var u2, q.X, z1);
        FieldProduct.Multiply(out var t, z2, q.Z);
        FieldProduct.Multiply(out var s1, p.Y, t);
        FieldProduct.Multiply(out t, z1, p.Z);
        FieldProduct.Multiply(out var s2, q.Y, t);
        FieldElement.Subtract(out var h, u2, u1, 1);
        FieldElement.Subtract(out var v, s2, s1, 1);
        if (h.IsZeroVarTime())
        {
            AddSameX(ref p, v, out _);
            return;
        }
        FieldProduct.Multiply(out t, p.Z, q.Z);
        AddDifferentX(ref p, u1, s1, h, v);
        FieldProduct.Multiply(out p.Z, t, h);
    }

    /// <summary>X and Y of the chord: h = U₂ − U₁ and v = S₂ − S₁, not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddDifferentX(
        ref JacobianPoint p, in FieldElement u1, in FieldElement s1, in FieldElement h, in FieldElement v)
    {
        FieldProduct.Square(out var hh, h);
        FieldProduct.Multiply(out var hhh, hh, h);
        FieldProduct.Multiply(out var g, u1, hh);
        FieldProduct.Multiply(out var w, s1, hhh);
        FieldProduct.Square(out var t, v);
        var u = g;
        u.Scale(2);
        FieldElement.Add(out u, u, hhh);
        FieldElement.Subtract(out p.X, t, u, 3);
        p.X.Weaken();
        FieldElement.Subtract(out t, g, p.X, 1);
        FieldProduct.Multiply(out t, t, v);
        FieldElement.Subtract(out p.Y, t, w, 1);
        p.Y.Weaken();
    }

    private static void AddSameX(ref JacobianPoint p, in FieldElement v, out FieldElement ratio)
    {
        ratio = p.Y;
        ratio.Scale(2);
        if (v.IsZeroVarTime())
            Double(out p, p);
        else
            p = default;
    }
}
