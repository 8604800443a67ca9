using System.Buffers.Binary;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>A number used once: 16 random bytes that tell one request from its replay.</summary>
/// <param name="Value">The bytes as a big-endian number.</param>
public readonly record struct Nonce(UInt128 Value)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>Draws a nonce.</summary>
    public static Nonce Random(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[Size];
        random.Fill(bytes);
        return Read(bytes);
    }

    /// <summary>The 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    internal static Nonce Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
}
