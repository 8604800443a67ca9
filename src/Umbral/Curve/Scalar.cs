using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>An integer modulo the group order n, always below n. Constant-time, but for VarTime.</summary>
internal struct Scalar
{
    public const int Size = 32;

    private const ulong Order0 = 0xBFD2_5E8C_D036_4141;
    private const ulong Order1 = 0xBAAE_DCE6_AF48_A03B;
    private const ulong Order2 = 0xFFFF_FFFF_FFFF_FFFE;
    private const ulong Order3 = 0xFFFF_FFFF_FFFF_FFFF;

    private Words256 _words;

    public static Scalar One => new() { _words = new Words256 { W0 = 1 } };

    /// <summary>n − 1.</summary>
    public static Scalar MinusOne => Negate(One);

    /// <summary>The words, lowest first.</summary>
    public readonly Words256 Words => _words;

    /// <summary>From a big-endian hexadecimal number below n; for constants.</summary>
    public static Scalar FromHex(string hex)
    {
        var valid = TryRead(Convert.FromHexString(hex), out var value);
        Debug.Assert(valid);
        return value;
    }

    /// <summary>From a number below n.</summary>
    public static Scalar FromReducedWords(in Words256 words) => new() { _words = words };

    /// <summary>From a number of 64 bits.</summary>
    public static Scalar FromUInt64(ulong value) => new() { _words = new Words256 { W0 = value } };

    /// <summary>Reads 32 bytes, big-endian; false for n and above. Zero is read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Scalar value)
    {
        value = new Scalar { _words = new Words256(bytes) };
        return value.ReduceOnce(0) == 0;
    }

    /// <summary>Reads 32 bytes, big-endian, modulo n.</summary>
    public static Scalar ReadReduced(ReadOnlySpan<byte> bytes)
    {
        var value = new Scalar { _words = new Words256(bytes) };
        value.ReduceOnce(0);
        return value;
    }

    /// <summary>1 + (the number of 32 big-endian bytes modulo n − 1): a hash as a scalar that is never zero.</summary>
    public static Scalar ReadNonZero(ReadOnlySpan<byte> bytes)
    {
        var words = new Words256(bytes);
        var carry = 0UL;
        Scalar r;
        r._words.W0 = Add(words.W0, 1, ref carry);
        r._words.W1 = Add(words.W1, 0, ref carry);
        r._words.W2 = Add(words.W2, 0, ref carry);
        r._words.W3 = Add(words.W3, 0, ref carry);
        return Add(r, FromUInt64(r.ReduceOnce(carry)));
    }

    /// <summary>Writes 32 bytes, big-endian.</summary>
    public readonly void Write(Span<byte> destination) => _words.Write(destination);

    public readonly bool IsZero => (_words.W0 | _words.W1 | _words.W2 | _words.W3) == 0;

    /// <summary>All ones if above n/2, else zero.</summary>
    public readonly ulong IsHighMask()
    {
        // Adding 2²⁵⁵ − (n + 1)/2 reaches 2²⁵⁵ exactly for the numbers above n/2.
        var carry = 0UL;
        Add(_words.W0, 0x2016_D0B9_97E4_DF5F, ref carry);
        Add(_words.W1, 0xA2A8_918C_A85B_AFE2, ref carry);
        Add(_words.W2, 0, ref carry);
        var top = Add(_words.W3, 0, ref carry);
        return 0 - (top >> 63);
    }

    public static Scalar Add(in Scalar a, in Scalar b)
    {
        var carry = 0UL;
        Scalar r;
        r._words.W0 = Add(a._words.W0, b._words.W0, ref carry);
        r._words.W1 = Add(a._words.W1, b._words.W1, ref carry);
        r._words.W2 = Add(a._words.W2, b._words.W2, ref carry);
        r._words.W3 = Add(a._words.W3, b._words.W3, ref carry);
        r.ReduceOnce(carry);
        return r;
    }

    public static Scalar Subtract(in Scalar a, in Scalar b) => Add(a, Negate(b));

    public static Scalar Negate(in Scalar a)
    {
        var bits = a._words.W0 | a._words.W1 | a._words.W2 | a._words.W3;
        var nonZero = 0 - ((bits | (0 - bits)) >> 63);
        var carry = 1UL;
        Scalar r;
        r._words.W0 = Add(Order0, ~a._words.W0, ref carry) & nonZero;
        r._words.W1 = Add(Order1, ~a._words.W1, ref carry) & nonZero;
        r._words.W2 = Add(Order2, ~a._words.W2, ref carry) & nonZero;
        r._words.W3 = Add(Order3, ~a._words.W3, ref carry) & nonZero;
        return r;
    }

    /// <summary>−a where the mask is all ones, a where it is zero.</summary>
    public static Scalar NegateIf(in Scalar a, ulong mask)
    {
        var r = a;
        r.TakeIf(Negate(a), mask);
        return r;
    }

    public static Scalar Multiply(in Scalar a, in Scalar b) => new ScalarProduct(a, b).Reduced();

    /// <summary>a/2 modulo n.</summary>
    public static Scalar Halve(in Scalar a)
    {
        var odd = 0 - (a._words.W0 & 1);
        var carry = 0UL;
        var w0 = Add(a._words.W0, Order0 & odd, ref carry);
        var w1 = Add(a._words.W1, Order1 & odd, ref carry);
        var w2 = Add(a._words.W2, Order2 & odd, ref carry);
        var w3 = Add(a._words.W3, Order3 & odd, ref carry);
        Scalar r;
        r._words.W0 = (w0 >> 1) | (w1 << 63);
        r._words.W1 = (w1 >> 1) | (w2 << 63);
        r._words.W2 = (w2 >> 1) | (w3 << 63);
        r._words.W3 = (w3 >> 1) | (carry << 63);
        return r;
    }

    /// <summary>Takes <paramref name="a"/> where the mask is all ones, keeps itself where it is zero.</summary>
    public void TakeIf(in Scalar a, ulong mask)
    {
        _words.W0 ^= (_words.W0 ^ a._words.W0) & mask;
        _words.W1 ^= (_words.W1 ^ a._words.W1) & mask;
        _words.W2 ^= (_words.W2 ^ a._words.W2) & mask;
        _words.W3 ^= (_words.W3 ^ a._words.W3) & mask;
    }

    public readonly bool EqualTo(in Scalar other) =>
        ((_words.W0 ^ other._words.W0) | (_words.W1 ^ other._words.W1)
            | (_words.W2 ^ other._words.W2) | (_words.W3 ^ other._words.W3)) == 0;

    /// <summary>Takes n away if the number, with 2²⁵⁶ times the overflow, is n or more; says whether it did.</summary>
    internal ulong ReduceOnce(ulong overflow)
    {
        var carry = 0UL;
        Scalar t;
        t._words.W0 = Add(_words.W0, ~Order0 + 1, ref carry);
        t._words.W1 = Add(_words.W1, ~Order1, ref carry);
        t._words.W2 = Add(_words.W2, ~Order2, ref carry);
        t._words.W3 = Add(_words.W3, ~Order3, ref carry);
        var reduced = carry | overflow;
        TakeIf(t, 0 - reduced);
        return reduced;
    }

    /// <summary>a + b + carry, and the new carry, without a comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        var sum = a + b + carry;
        carry = ((a & b) | ((a | b) & ~sum)) >> 63;
        return sum;
    }
}
