namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Public scalars as signed odd digits with zeros between them. Not constant-time.</summary>
internal static class NonAdjacentForm
{
    /// <summary>Room for the digits of one half of a scalar.</summary>
    public const int MaxDigits = 130;

    /// <summary>
    /// Writes the digits of both halves, absolute values below 2ʷ⁻¹, lowest first; returns how many there are.
    /// </summary>
    /// <param name="k">The scalar.</param>
    /// <param name="width">w, which is also one more than the zeros after each digit.</param>
    /// <param name="digits">Twice <see cref="MaxDigits"/> zeros.</param>
    public static int RecodeVarTime(in Scalar k, int width, Span<sbyte> digits)
    {
        if (k.IsZero)
            return 0;
        Endomorphism.Split(k, out var k1, out var k2);
        return Math.Max(RecodeHalf(k1, width, digits[..MaxDigits]), RecodeHalf(k2, width, digits[MaxDigits..]));
    }

    private static int RecodeHalf(in Scalar half, int width, Span<sbyte> digits)
    {
        var negative = half.IsHighMask();
        var value = Scalar.NegateIf(half, negative).Words;
        ReadOnlySpan<ulong> words = [value.W0, value.W1, 0, 0];
        var (carry, length) = (0, 0);
        for (var i = 0; i < MaxDigits - 1;)
        {
            var bits = (int)(words[i >> 6] >> i);
            if ((bits & 1) == carry)
            {
                i++;
                continue;
            }
            bits |= (int)(words[(i >> 6) + 1] << 1 << (63 - (i & 63)));
            var digit = (bits & ((1 << width) - 1)) + carry;
            carry = digit >> (width - 1);
            digit -= carry << width;
            digits[i] = (sbyte)(negative == 0 ? digit : -digit);
            length = i + 1;
            i += width;
        }
        return length;
    }
}
