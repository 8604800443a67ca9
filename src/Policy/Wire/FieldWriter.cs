using System.Buffers.Binary;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>Writes the fields of a protocol object in order; the counterpart of <see cref="FieldReader"/>.</summary>
public sealed class FieldWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>Starts with nothing.</summary>
    public FieldWriter()
    {
    }

    /// <summary>Starts with a header.</summary>
    public FieldWriter(ProtocolHeader header)
    {
        Span<byte> bytes = stackalloc byte[ProtocolHeader.Size];
        header.Write(bytes);
        Bytes(bytes);
    }

    /// <summary>What was written so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Appends bytes whose number the reader knows.</summary>
    public FieldWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Appends 2 bytes of length, and the bytes.</summary>
    /// <exception cref="OverflowException">More than 65,535 bytes.</exception>
    public FieldWriter Prefixed(ReadOnlySpan<byte> bytes) => TwoByteNumber((ushort)bytes.Length).Bytes(bytes);

    /// <summary>Appends 1 byte.</summary>
    public FieldWriter Byte(byte value) => Bytes([value]);

    /// <summary>Appends a count of 1 byte.</summary>
    /// <exception cref="OverflowException">More than 255.</exception>
    public FieldWriter Count(int count) => Byte((byte)count);

    /// <summary>Appends 2 bytes.</summary>
    public FieldWriter TwoByteNumber(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return Bytes(bytes);
    }

    /// <summary>Appends 4 bytes.</summary>
    public FieldWriter FourByteNumber(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Bytes(bytes);
    }

    /// <summary>Appends 8 bytes: milliseconds since 1970; what is finer is cut off.</summary>
    public FieldWriter Time(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds());
        return Bytes(bytes);
    }

    /// <summary>Appends 8 bytes.</summary>
    public FieldWriter Version(PolicyVersion version)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, version.Number);
        return Bytes(bytes);
    }

    /// <summary>Appends 16 bytes: both times.</summary>
    public FieldWriter Validity(Validity validity) => Time(validity.NotBefore).Time(validity.NotAfter);

    /// <summary>Appends 32 bytes.</summary>
    public FieldWriter Digest(Digest digest) => Bytes(digest.ToBytes());

    /// <summary>Appends 16 bytes.</summary>
    public FieldWriter Nonce(Nonce nonce) => Bytes(nonce.ToBytes());

    /// <summary>Appends 20 bytes.</summary>
    public FieldWriter NodeId(NodeId id)
    {
        Span<byte> bytes = stackalloc byte[20];
        id.Write(bytes);
        return Bytes(bytes);
    }

    /// <summary>Appends an address: 1 byte size 4 or 16, as many bytes, 2 bytes port.</summary>
    public FieldWriter Address(NodeAddress address)
    {
        Span<byte> bytes = stackalloc byte[address.IsIPv4 ? 4 : 16];
        address.WriteAddress(bytes);
        return Count(bytes.Length).Bytes(bytes).TwoByteNumber(address.Port);
    }

    /// <summary>Appends 33 bytes.</summary>
    public FieldWriter Key(VerifyingKey key) => Bytes(key.ToBytes());

    /// <summary>Appends 33 bytes.</summary>
    public FieldWriter Key(PublicKey key) => Bytes(key.ToBytes());
}
