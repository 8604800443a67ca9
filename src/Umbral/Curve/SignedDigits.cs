namespace NuCypher.P2P.Umbral.Curve;

/// <summary>
/// Scalars as windows of fixed width whose digits d stand for the odd number 2d + 1 − 2ʷ. Constant-time.
/// </summary>
/// <remarks>
/// A number v of l bits, read so, is 2v + 1 − 2ˡ. For k itself v = (k + 2ˡ − 1)/2 modulo n. For the halves of the
/// endomorphism v₁ and v₂ are the halves of (k + (1 + λ)(2ˡ − 2¹²⁹ − 1))/2, each plus 2¹²⁸, which makes them
/// non-negative and at most 129 bits. So there is no zero digit, no sign and no parity to treat apart.
/// </remarks>
internal static class SignedDigits
{
    /// <summary>Windows of 6 bits in a whole scalar.</summary>
    public const int CombCount = 43;

    /// <summary>Windows of 5 bits in a half.</summary>
    public const int HalfCount = 26;

    private static readonly Scalar CombOffset =
        Scalar.FromHex("0000000000000000000000000000000515448c6542dd7f1100b685ccbf26fafb");

    private static readonly Scalar HalfOffset =
        Scalar.FromHex("a4e88a7dcb13034ec2bdd6bf7c118d6b589ae84826ba29e4b5c2c1dcde9798d9");

    private static readonly Scalar Shift128 =
        Scalar.FromHex("0000000000000000000000000000000100000000000000000000000000000000");

    /// <summary>The 43 digits of 6 bits of k, lowest first.</summary>
    public static void ReadComb(in Scalar k, Span<byte> digits) =>
        Cut(Scalar.Halve(Scalar.Add(k, CombOffset)), 6, digits[..CombCount]);

    /// <summary>The 26 digits of 5 bits of each half of k, lowest first.</summary>
    public static void ReadHalves(in Scalar k, Span<byte> first, Span<byte> second)
    {
        Endomorphism.Split(Scalar.Halve(Scalar.Add(k, HalfOffset)), out var s1, out var s2);
        Cut(Scalar.Add(s1, Shift128), 5, first[..HalfCount]);
        Cut(Scalar.Add(s2, Shift128), 5, second[..HalfCount]);
    }

    private static void Cut(in Scalar value, int width, Span<byte> digits)
    {
        Span<ulong> words = [value.Words.W0, value.Words.W1, value.Words.W2, value.Words.W3, 0, 0];
        for (var i = 0; i < digits.Length; i++)
        {
            var (word, shift) = Math.DivRem(i * width, 64);
            var bits = (words[word] >> shift) | (words[word + 1] << 1 << (63 - shift));
            digits[i] = (byte)(bits & ((1UL << width) - 1));
        }
        words.Clear();
    }
}
