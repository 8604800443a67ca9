using System.Buffers.Binary;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>Where a value is in a <see cref="MerkleMap{TValue}"/>: 256 bits, the first one decides first.</summary>
/// <param name="High">The first 128.</param>
/// <param name="Low">The others.</param>
internal readonly record struct MerklePath(UInt128 High, UInt128 Low)
{
    /// <summary>Bits of a path.</summary>
    public const int Bits = 256;

    /// <summary>A hash is its own path.</summary>
    public static MerklePath Of(Digest key) => Read(key.ToBytes());

    /// <summary>A node's id, and zeros.</summary>
    public static MerklePath Of(NodeId key)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        bytes.Clear();
        key.Write(bytes);
        return Read(bytes);
    }

    /// <summary>The bit at an index from 0 to 255.</summary>
    public bool this[int bit] => bit < 128
        ? (High >> (127 - bit) & UInt128.One) != 0
        : (Low >> (255 - bit) & UInt128.One) != 0;

    /// <summary>The first bit that differs; <see cref="Bits"/> if none does.</summary>
    public int FirstDifference(MerklePath other) => High != other.High
        ? (int)UInt128.LeadingZeroCount(High ^ other.High)
        : 128 + (int)UInt128.LeadingZeroCount(Low ^ other.Low);

    /// <summary>Writes 32 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    private static MerklePath Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
}
