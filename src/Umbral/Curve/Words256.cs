using System.Buffers.Binary;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>A number below 2²⁵⁶ as four 64-bit words, the lowest first.</summary>
internal struct Words256
{
    public ulong W0;
    public ulong W1;
    public ulong W2;
    public ulong W3;

    /// <summary>From 32 bytes, big-endian.</summary>
    public Words256(ReadOnlySpan<byte> bytes)
    {
        W3 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        W2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        W1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        W0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Writes 32 bytes, big-endian.</summary>
    public readonly void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, W3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], W2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], W1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], W0);
    }
}
