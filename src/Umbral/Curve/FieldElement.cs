using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>An integer modulo p = 2²⁵⁶ − 2³² − 977: five limbs of 52 bits, the top one of 48, lazily reduced.</summary>
/// <remarks>
/// Magnitude m bounds the limbs: N0 to N3 at most 2m·(2⁵² − 1), N4 at most 2m·(2⁴⁸ − 1). Products have magnitude 1,
/// sums add magnitudes, multiplication takes magnitudes up to <see cref="MaxMagnitude"/>. Everything is constant-time,
/// but for VarTime.
/// </remarks>
internal struct FieldElement
{
    public const int Size = 32;
    public const uint MaxMagnitude = 31;
    public const ulong Mask52 = (1UL << 52) - 1;
    public const ulong Mask48 = (1UL << 48) - 1;

    /// <summary>2²⁵⁶ − p: what a carry out of the top limb is worth.</summary>
    public const ulong Fold = 0x1_0000_03D1;

    private const ulong P0 = 0xF_FFFE_FFFF_FC2F;

    public ulong N0;
    public ulong N1;
    public ulong N2;
    public ulong N3;
    public ulong N4;

    public static FieldElement One => new() { N0 = 1 };

    /// <summary>From a big-endian hexadecimal number below p; for constants.</summary>
    public static FieldElement FromHex(string hex)
    {
        var valid = TryRead(Convert.FromHexString(hex), out var value);
        Debug.Assert(valid);
        return value;
    }

    /// <summary>Reads 32 bytes, big-endian; false for p and above.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        FromWords(out value, new Words256(bytes));
        var (n0, n1) = (value.N0, value.N1);
        var full = (value.N4 == Mask48) & ((n1 & value.N2 & value.N3) == Mask52) & (n0 >= P0);
        return !full;
    }

    /// <summary>From four 64-bit words, a number below 2²⁵⁶; magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromWords(out FieldElement r, in Words256 words)
    {
        r.N0 = words.W0 & Mask52;
        r.N1 = ((words.W0 >> 52) | (words.W1 << 12)) & Mask52;
        r.N2 = ((words.W1 >> 40) | (words.W2 << 24)) & Mask52;
        r.N3 = ((words.W2 >> 28) | (words.W3 << 36)) & Mask52;
        r.N4 = words.W3 >> 16;
    }

    /// <summary>The four 64-bit words of a normalised element.</summary>
    public readonly Words256 ToWords() => new()
    {
        W0 = N0 | (N1 << 52),
        W1 = (N1 >> 12) | (N2 << 40),
        W2 = (N2 >> 24) | (N3 << 28),
        W3 = (N3 >> 36) | (N4 << 16),
    };

    /// <summary>Writes a normalised element, 32 bytes, big-endian.</summary>
    public readonly void Write(Span<byte> destination) => ToWords().Write(destination);

    /// <summary>All ones if a normalised element is odd, else zero.</summary>
    public readonly ulong OddMask => 0 - (N0 & 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(out FieldElement r, in FieldElement a, in FieldElement b)
    {
        r.N0 = a.N0 + b.N0;
        r.N1 = a.N1 + b.N1;
        r.N2 = a.N2 + b.N2;
        r.N3 = a.N3 + b.N3;
        r.N4 = a.N4 + b.N4;
    }

    /// <summary>−a for an a of at most the given magnitude; the result has one more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Negate(out FieldElement r, in FieldElement a, uint magnitude)
    {
        Debug.Assert(a.IsWithin(magnitude));
        ulong k = 2 * (magnitude + 1);
        r.N0 = (k * P0) - a.N0;
        r.N1 = (k * Mask52) - a.N1;
        r.N2 = (k * Mask52) - a.N2;
        r.N3 = (k * Mask52) - a.N3;
        r.N4 = (k * Mask48) - a.N4;
    }

    /// <summary>a − b for a b of at most the given magnitude, which is added, with one, to that of a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(out FieldElement r, in FieldElement a, in FieldElement b, uint magnitude)
    {
        Debug.Assert(b.IsWithin(magnitude));
        ulong k = 2 * (magnitude + 1);
        r.N0 = a.N0 + (k * P0) - b.N0;
        r.N1 = a.N1 + (k * Mask52) - b.N1;
        r.N2 = a.N2 + (k * Mask52) - b.N2;
        r.N3 = a.N3 + (k * Mask52) - b.N3;
        r.N4 = a.N4 + (k * Mask48) - b.N4;
    }

    /// <summary>Multiplies by a small number, and the magnitude with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scale(uint factor)
    {
        N0 *= factor;
        N1 *= factor;
        N2 *= factor;
        N3 *= factor;
        N4 *= factor;
    }

    /// <summary>Halves; magnitude m becomes m/2 + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Halve()
    {
        var odd = OddMask;
        var t0 = N0 + (P0 & odd);
        var t1 = N1 + (Mask52 & odd);
        var t2 = N2 + (Mask52 & odd);
        var t3 = N3 + (Mask52 & odd);
        var t4 = N4 + (Mask48 & odd);
        N0 = (t0 >> 1) + ((t1 & 1) << 51);
        N1 = (t1 >> 1) + ((t2 & 1) << 51);
        N2 = (t2 >> 1) + ((t3 & 1) << 51);
        N3 = (t3 >> 1) + ((t4 & 1) << 51);
        N4 = t4 >> 1;
    }

    /// <summary>Takes <paramref name="a"/> where the mask is all ones, keeps itself where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeIf(in FieldElement a, ulong mask)
    {
        N0 ^= (N0 ^ a.N0) & mask;
        N1 ^= (N1 ^ a.N1) & mask;
        N2 ^= (N2 ^ a.N2) & mask;
        N3 ^= (N3 ^ a.N3) & mask;
        N4 ^= (N4 ^ a.N4) & mask;
    }

    /// <summary>
    /// Brings any magnitude up to <see cref="MaxMagnitude"/> down to 1, without making the value unique.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Weaken()
    {
        var t0 = N0 + ((N4 >> 48) * Fold);
        var (t1, t2, t3) = (N1, N2, N3);
        N0 = t0 & Mask52;
        N1 = (t1 & Mask52) + (t0 >> 52);
        N2 = (t2 & Mask52) + (t1 >> 52);
        N3 = (t3 & Mask52) + (t2 >> 52);
        N4 = (N4 & Mask48) + (t3 >> 52);
    }

    /// <summary>Makes the value unique: below p, every limb within its bits.</summary>
    public void Normalize()
    {
        Carry(N4 >> 48);
        var allOnes = (N4 ^ Mask48) | ((N1 & N2 & N3) ^ Mask52);
        var notAllOnes = (allOnes | (0 - allOnes)) >> 63;
        var aboveP = (N0 + Fold) >> 52;
        Carry((N4 >> 48) | ((notAllOnes ^ 1) & aboveP));
        N4 &= Mask48;
    }

    /// <summary>All ones if the value is zero modulo p, else zero.</summary>
    public readonly ulong IsZeroMask()
    {
        var t = this;
        t.Normalize();
        var bits = t.N0 | t.N1 | t.N2 | t.N3 | t.N4;
        return ((bits | (0 - bits)) >> 63) - 1;
    }

    /// <summary>Whether the value is zero modulo p; nearly always decided by the lowest limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsZeroVarTime()
    {
        var low = (N0 + ((N4 >> 48) * Fold)) & Mask52;
        return (low == 0 || low == P0) && IsZeroMask() != 0;
    }

    /// <summary>Whether two normalised elements are the same.</summary>
    public readonly bool EqualsNormalized(in FieldElement other) =>
        ((N0 ^ other.N0) | (N1 ^ other.N1) | (N2 ^ other.N2) | (N3 ^ other.N3) | (N4 ^ other.N4)) == 0;

    /// <summary>Whether the limbs obey the bounds of a magnitude; for assertions.</summary>
    public readonly bool IsWithin(uint magnitude)
    {
        ulong k = 2 * magnitude;
        return N0 <= k * Mask52 && N1 <= k * Mask52 && N2 <= k * Mask52 && N3 <= k * Mask52 && N4 <= k * Mask48;
    }

    private void Carry(ulong overflow)
    {
        N4 &= Mask48;
        N0 += overflow * Fold;
        N1 += N0 >> 52;
        N0 &= Mask52;
        N2 += N1 >> 52;
        N1 &= Mask52;
        N3 += N2 >> 52;
        N2 &= Mask52;
        N4 += N3 >> 52;
        N3 &= Mask52;
    }
}
