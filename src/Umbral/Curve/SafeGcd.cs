using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Inverses modulo an odd number below 2²⁵⁶ by division steps. Constant-time, but for VarTime.</summary>
/// <remarks>
/// Source: Bernstein and Yang (2019), with steps that start at δ = 1/2, of which 590 suffice for 256 bits. Numbers are
/// nine limbs of 30 bits, the top one signed. Thirty steps look at the low limbs only and give a matrix, whose entries
/// are at most 2³⁰, which is then applied to all limbs: sums of three products stay below 2⁶³.
/// </remarks>
internal sealed class SafeGcd
{
    private const int Limbs = 9;
    private const int Bits = 30;
    private const int Rounds = 20;
    private const long Mask = (1L << Bits) - 1;

    private readonly long[] _modulus = new long[Limbs];
    private readonly long _inverse;

    /// <summary>For the modulus of the curve's field.</summary>
    public static readonly SafeGcd Field = new("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");

    /// <summary>For the order of the group.</summary>
    public static readonly SafeGcd Order = new("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    private SafeGcd(string modulus)
    {
        Read(new Words256(Convert.FromHexString(modulus)), _modulus);
        _inverse = 1;
        for (var i = 0; i < 5; i++)
            _inverse = _inverse * (2 - (_modulus[0] * _inverse)) & Mask;
        Debug.Assert((_inverse * _modulus[0] & Mask) == 1);
    }

    /// <summary>1/value, or zero for zero; the value must be below the modulus.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Words256 Invert(in Words256 value)
    {
        Span<long> f = stackalloc long[Limbs];
        Span<long> g = stackalloc long[Limbs];
        Span<long> d = stackalloc long[Limbs];
        Span<long> e = stackalloc long[Limbs];
        _modulus.CopyTo(f);
        Read(value, g);
        d.Clear();
        e.Clear();
        e[0] = 1;
        var zeta = -1L;
        for (var i = 0; i < Rounds; i++)
        {
            var steps = Steps(ref zeta, f[0], g[0]);
            ApplyModulo(steps, d, e);
            Apply(steps, f, g);
        }
        Normalize(d, f[^1] >> 63);
        var result = Write(d);
        f.Clear();
        g.Clear();
        d.Clear();
        e.Clear();
        return result;
    }

    /// <summary>The same for a public value. Not constant-time.</summary>
    /// <remarks>Steps start at δ = 1, in which several can be taken at once, and end when g is zero.</remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Words256 InvertVarTime(in Words256 value)
    {
        Span<long> f = stackalloc long[Limbs];
        Span<long> g = stackalloc long[Limbs];
        Span<long> d = stackalloc long[Limbs];
        Span<long> e = stackalloc long[Limbs];
        _modulus.CopyTo(f);
        Read(value, g);
        d.Clear();
        e.Clear();
        e[0] = 1;
        var delta = 1;
        while (g.ContainsAnyExcept(0))
        {
            var steps = StepsVarTime(ref delta, f[0], g[0]);
            ApplyModulo(steps, d, e);
            Apply(steps, f, g);
        }
        Normalize(d, f[^1] >> 63);
        return Write(d);
    }

    /// <summary>Thirty division steps on the low bits of f and g, as a matrix times 2³⁰.</summary>
    private static Matrix Steps(ref long zeta, long f, long g)
    {
        long u = 1, v = 0, q = 0, r = 1;
        for (var i = 0; i < Bits; i++)
        {
            var positive = zeta >> 63; // all ones where δ > 0
            var odd = -(g & 1);
            g += ((f ^ positive) - positive) & odd;
            q += ((u ^ positive) - positive) & odd;
            r += ((v ^ positive) - positive) & odd;
            var swap = positive & odd;
            zeta = (zeta ^ swap) - 1;
            f += g & swap;
            u = (u + (q & swap)) << 1;
            v = (v + (r & swap)) << 1;
            g >>= 1;
        }
        return new Matrix(u, v, q, r);
    }

    /// <summary>
    /// Thirty division steps as a matrix times 2³⁰, as many at once as the lowest bits of f and g decide.
    /// </summary>
    private static Matrix StepsVarTime(ref int delta, long f, long g)
    {
        long u = 1, v = 0, q = 0, r = 1;
        for (var left = Bits; ;)
        {
            var zeros = BitOperations.TrailingZeroCount((ulong)g | (1UL << left));
            g >>= zeros;
            u <<= zeros;
            v <<= zeros;
            delta += zeros;
            left -= zeros;
            if (left == 0)
                return new Matrix(u, v, q, r);
            if (delta > 0)
            {
                delta = -delta;
                (f, g) = (g, -f);
                (u, q) = (q, -u);
                (v, r) = (r, -v);
            }
            // Now f stays for 1 − δ steps, and so many low bits of g, at most six, can be cleared by one multiple of f.
            var bits = Math.Min(Math.Min(1 - delta, left), 6);
            var w = (g * f * ((f * f) - 2)) & ((1L << bits) - 1);
            g += w * f;
            q += w * u;
            r += w * v;
        }
    }

    /// <summary>(f, g) becomes the matrix times it, divided by 2³⁰, which leaves no remainder.</summary>
    private static void Apply(in Matrix t, Span<long> f, Span<long> g)
    {
        var (carryF, carryG) = (((t.U * f[0]) + (t.V * g[0])) >> Bits, ((t.Q * f[0]) + (t.R * g[0])) >> Bits);
        for (var i = 1; i < Limbs; i++)
        {
            var (oldF, oldG) = (f[i], g[i]);
            carryF += (t.U * oldF) + (t.V * oldG);
            carryG += (t.Q * oldF) + (t.R * oldG);
            f[i - 1] = carryF & Mask;
            g[i - 1] = carryG & Mask;
            carryF >>= Bits;
            carryG >>= Bits;
        }
        f[^1] = carryF;
        g[^1] = carryG;
    }

    /// <summary>
    /// (d, e) becomes the matrix times it, divided by 2³⁰ modulo the modulus; both stay above −2m and below m.
    /// </summary>
    private void ApplyModulo(in Matrix t, Span<long> d, Span<long> e)
    {
        var (signD, signE) = (d[^1] >> 63, e[^1] >> 63);
        var addD = (t.U & signD) + (t.V & signE);
        var addE = (t.Q & signD) + (t.R & signE);
        var carryD = (t.U * d[0]) + (t.V * e[0]);
        var carryE = (t.Q * d[0]) + (t.R * e[0]);
        addD -= ((_inverse * carryD) + addD) & Mask;
        addE -= ((_inverse * carryE) + addE) & Mask;
        carryD = (carryD + (_modulus[0] * addD)) >> Bits;
        carryE = (carryE + (_modulus[0] * addE)) >> Bits;
        for (var i = 1; i < Limbs; i++)
        {
            var (oldD, oldE) = (d[i], e[i]);
            carryD += (t.U * oldD) + (t.V * oldE) + (_modulus[i] * addD);
            carryE += (t.Q * oldD) + (t.R * oldE) + (_modulus[i] * addE);
            d[i - 1] = carryD & Mask;
            e[i - 1] = carryE & Mask;
            carryD >>= Bits;
            carryE >>= Bits;
        }
        d[^1] = carryD;
        e[^1] = carryE;
    }

    /// <summary>Brings d to 0 … m − 1, negated where the sign is all ones.</summary>
    private void Normalize(Span<long> d, long sign)
    {
        AddModulusIf(d, d[^1] >> 63);
        for (var i = 0; i < Limbs; i++)
            d[i] = (d[i] ^ sign) - sign;
        Carry(d);
        AddModulusIf(d, d[^1] >> 63);
    }

    private void AddModulusIf(Span<long> d, long mask)
    {
        for (var i = 0; i < Limbs; i++)
            d[i] += _modulus[i] & mask;
        Carry(d);
    }

    private static void Carry(Span<long> d)
    {
        for (var i = 0; i < Limbs - 1; i++)
        {
            d[i + 1] += d[i] >> Bits;
            d[i] &= Mask;
        }
    }

    private static void Read(in Words256 value, Span<long> limbs)
    {
        ReadOnlySpan<ulong> words = [value.W0, value.W1, value.W2, value.W3, 0];
        for (var i = 0; i < Limbs; i++)
        {
            var (word, shift) = Math.DivRem(i * Bits, 64);
            limbs[i] = (long)((words[word] >> shift) | (words[word + 1] << 1 << (63 - shift))) & Mask;
        }
    }

    private static Words256 Write(ReadOnlySpan<long> limbs)
    {
        Span<ulong> words = stackalloc ulong[5];
        words.Clear();
        for (var i = 0; i < Limbs; i++)
        {
            var (word, shift) = Math.DivRem(i * Bits, 64);
            words[word] |= (ulong)limbs[i] << shift;
            words[word + 1] |= (ulong)limbs[i] >> 1 >> (63 - shift);
        }
        return new Words256 { W0 = words[0], W1 = words[1], W2 = words[2], W3 = words[3] };
    }

    private readonly record struct Matrix(long U, long V, long Q, long R);
}
