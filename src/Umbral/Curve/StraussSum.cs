using System.Diagnostics;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Sums of multiples for public scalars: one run of doublings for all. Not constant-time.</summary>
internal static class StraussSum
{
    private const int Width = 5;
    private const int TableSize = 1 << (Width - 2);
    private const int MaxDigits = 130;

    /// <summary>g·G + u·U + Σ kᵢ·Pᵢ.</summary>
    public static void VarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        Debug.Assert(p.Length == k.Length);
        var table = new AffinePoint[p.Length * TableSize];
        var mapped = new AffinePoint[table.Length];
        FillTables(p, TableSize, table, mapped);
        var digits = new sbyte[2 * (p.Length + 2) * MaxDigits];
        var length = Recode(g, FixedBase.WideWindow, digits, 0);
        length = Math.Max(length, Recode(u, FixedBase.WideWindow, digits, 1));
        for (var j = 0; j < k.Length; j++)
            length = Math.Max(length, Recode(k[j], Width, digits, j + 2));

        sum = default;
        for (var i = length - 1; i >= 0; i--)
        {
            JacobianPoint.Double(out sum, sum);
            AddDigits(ref sum, FixedBase.G.Wide, FixedBase.G.WideEndomorphism, digits, 0, i);
            AddDigits(ref sum, FixedBase.U.Wide, FixedBase.U.WideEndomorphism, digits, 1, i);
            for (var j = 0; j < p.Length; j++)
            {
                var at = new Range(j * TableSize, (j + 1) * TableSize);
                AddDigits(ref sum, table.AsSpan(at), mapped.AsSpan(at), digits, j + 2, i);
            }
        }
    }

    /// <summary>Affine odd multiples of each point and of its image under the endomorphism, with one inversion.</summary>
    public static void FillTables(
        ReadOnlySpan<AffinePoint> p, int size, Span<AffinePoint> table, Span<AffinePoint> mapped)
    {
        var z = new FieldElement[p.Length];
        for (var j = 0; j < p.Length; j++)
            OddMultiples.Fill(JacobianPoint.From(p[j]), table.Slice(j * size, size), out z[j]);
        Affine.Invert(z);
        for (var j = 0; j < p.Length; j++)
            OddMultiples.Rescale(table.Slice(j * size, size), z[j]);
        OddMultiples.FillEndomorphism(table, mapped);
    }

    private static int Recode(in Scalar k, int width, Span<sbyte> digits, int term)
    {
        if (k.IsZero)
            return 0;
        Endomorphism.Split(k, out var k1, out var k2);
        return Math.Max(
            NonAdjacentForm(k1, width, digits.Slice(2 * term * MaxDigits, MaxDigits)),
            NonAdjacentForm(k2, width, digits.Slice(((2 * term) + 1) * MaxDigits, MaxDigits)));
    }

    /// <summary>Signed odd digits below 2ʷ⁻¹ with w − 1 zeros after each; returns how many there are.</summary>
    private static int NonAdjacentForm(in Scalar half, int width, Span<sbyte> digits)
    {
        var negative = half.IsHighMask();
        var words = Scalar.NegateIf(half, negative).Words;
        var value = new UInt128(words.W1, words.W0);
        var carry = 0;
        var length = 0;
        for (var i = 0; i < MaxDigits - 1;)
        {
            if (Bits(value, i, 1) == carry)
            {
                i++;
                continue;
            }
            var digit = Bits(value, i, width) + carry;
            carry = digit >> (width - 1);
            digit -= carry << width;
            digits[i] = (sbyte)(negative == 0 ? digit : -digit);
            length = i + 1;
            i += width;
        }
        return length;
    }

    private static int Bits(UInt128 value, int from, int width) =>
        from < 128 ? (int)((ulong)(value >> from) & ((1UL << width) - 1)) : 0;

    private static void AddDigits(
        ref JacobianPoint sum, ReadOnlySpan<AffinePoint> table, ReadOnlySpan<AffinePoint> mapped,
        ReadOnlySpan<sbyte> digits, int term, int i)
    {
        AddDigit(ref sum, table, digits[(2 * term * MaxDigits) + i]);
        AddDigit(ref sum, mapped, digits[(((2 * term) + 1) * MaxDigits) + i]);
    }

    private static void AddDigit(ref JacobianPoint sum, ReadOnlySpan<AffinePoint> table, int digit)
    {
        if (digit == 0)
            return;
        var entry = table[Math.Abs(digit) >> 1];
        if (digit < 0)
            FieldElement.Negate(out entry.Y, entry.Y, 1);
        JacobianPoint.AddVarTime(ref sum, entry);
    }
}
