namespace NuCypher.P2P.Umbral.Curve;

/// <summary>
/// Splits k into k₁ + λ·k₂ with halves of at most 128 bits, where λ·(x, y) = (β·x, y). Constant-time.
/// </summary>
/// <remarks>
/// Source: Gallant, Lambert and Vanstone (2001). The lattice of (i, j) with i + λj = 0 has the short basis (a₁, b₁),
/// (a₂, b₂), b₂ = a₁; c₁ = ⌊b₂k/n⌉ and c₂ = ⌊−b₁k/n⌉ come from a multiplication by 2³⁸⁴b/n and a shift.
/// </remarks>
internal static class Endomorphism
{
    private static readonly Scalar G1 =
        Scalar.FromHex("3086d221a7d46bcde86c90e49284eb153daa8a1471e8ca7fe893209a45dbb031");

    private static readonly Scalar G2 =
        Scalar.FromHex("e4437ed6010e88286f547fa90abfe4c4221208ac9df506c61571b4ae8ac47f71");

    private static readonly Scalar MinusB1 =
        Scalar.FromHex("00000000000000000000000000000000e4437ed6010e88286f547fa90abfe4c3");

    private static readonly Scalar MinusB2 =
        Scalar.FromHex("fffffffffffffffffffffffffffffffe8a280ac50774346dd765cda83db1562c");

    private static readonly Scalar MinusLambda =
        Scalar.FromHex("ac9c52b33fa3cf1f5ad9e3fd77ed9ba4a880b9fc8ec739c2e0cfc810b51283cf");

    /// <summary>The halves, modulo n: either below 2¹²⁸ or above n − 2¹²⁸.</summary>
    public static void Split(in Scalar k, out Scalar k1, out Scalar k2)
    {
        var c1 = new ScalarProduct(k, G1).RoundedHigh();
        var c2 = new ScalarProduct(k, G2).RoundedHigh();
        k2 = Scalar.Add(Scalar.Multiply(c1, MinusB1), Scalar.Multiply(c2, MinusB2));
        k1 = Scalar.Add(k, Scalar.Multiply(k2, MinusLambda));
    }
}
