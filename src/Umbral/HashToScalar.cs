using System.Buffers.Binary;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>The scheme's hashes: 1 + (SHA-256(be32(length of tag) ‖ tag ‖ data) mod (n − 1)), never zero.</summary>
/// <remarks>Points enter as 33 bytes. The data are plain concatenations, whose parts have fixed lengths.</remarks>
internal static class HashToScalar
{
    /// <summary><c>CAPSULE_POINTS</c>: E ‖ V, 66 bytes.</summary>
    public static Scalar CapsulePoints(ReadOnlySpan<byte> points) => Hash("CAPSULE_POINTS"u8, points);

    /// <summary><c>SHARED_SECRET</c>: X ‖ B ‖ D, 99 bytes.</summary>
    public static Scalar SharedSecret(ReadOnlySpan<byte> points) => Hash("SHARED_SECRET"u8, points);

    /// <summary><c>POLYNOMIAL_ARG</c>: X ‖ B ‖ D ‖ id, 131 bytes.</summary>
    public static Scalar ShareCoordinate(ReadOnlySpan<byte> pointsAndId) => Hash("POLYNOMIAL_ARG"u8, pointsAndId);

    /// <summary><c>CFRAG_VERIFICATION</c>: E ‖ E₁ ‖ E₂ ‖ V ‖ V₁ ‖ V₂ ‖ U ‖ U₁ ‖ U₂, 297 bytes.</summary>
    public static Scalar ReencryptionChallenge(ReadOnlySpan<byte> points) => Hash("CFRAG_VERIFICATION"u8, points);

    /// <summary>The hash under any tag.</summary>
    public static Scalar Hash(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> data)
    {
        var length = sizeof(int) + tag.Length + data.Length;
        var input = length <= 512 ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(input, tag.Length);
        tag.CopyTo(input[sizeof(int)..]);
        data.CopyTo(input[(sizeof(int) + tag.Length)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, digest);
        var scalar = Scalar.ReadNonZero(digest);
        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(digest);
        return scalar;
    }
}
