using System.Buffers.Binary;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>Random weights of linear combinations: w₁ + λ·w₂ with w₁, w₂ of 64 bits.</summary>
/// <remarks>
/// All 2¹²⁸ of them differ modulo n, because the lattice of (i, j) with i + λj = 0 has no vector that short; and the
/// endomorphism splits them into those 64-bit halves, so that they cost half of what a 128-bit number does.
/// </remarks>
internal static class Weight
{
    /// <summary>The size in bytes of what a weight draws.</summary>
    public const int Size = 16;

    private static readonly Scalar Lambda = Scalar.FromHex(
        "5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72");

    /// <summary>The weight that 16 random bytes stand for.</summary>
    public static Scalar Read(ReadOnlySpan<byte> bytes)
    {
        var first = Scalar.FromUInt64(BinaryPrimitives.ReadUInt64BigEndian(bytes));
        var second = Scalar.FromUInt64(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return Scalar.Add(first, Scalar.Multiply(second, Lambda));
    }
}
