using System.Buffers.Binary;

namespace NuCypher.P2P.Dht;

/// <summary>Writes MessagePack in the shortest form, as the Python peers do; a float always takes 8 bytes.</summary>
/// <param name="destination">Must be large enough: a too short one is wrong use and throws.</param>
internal ref struct MessagePackWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes one token as it was read, in its shortest form.</summary>
    public void Write(scoped MessagePackToken token)
    {
        switch (token.Type)
        {
            case MessagePackType.Nil:
                WriteByte(0xC0);
                break;
            case MessagePackType.Boolean:
                WriteBoolean(token.Number != 0);
                break;
            case MessagePackType.Unsigned:
                WriteUnsigned(token.Number);
                break;
            case MessagePackType.Negative:
                WriteNegative(unchecked((long)token.Number));
                break;
            case MessagePackType.Float:
                WriteNumber(0xCB, token.Number, 8);
                break;
            case MessagePackType.String:
                WriteString(token.Payload);
                break;
            case MessagePackType.Binary:
                WriteBinary(token.Payload);
                break;
            case MessagePackType.Array:
                WriteCount(token.Number, 0x90, 0xDC);
                break;
            case MessagePackType.Map:
                WriteCount(token.Number, 0x80, 0xDE);
                break;
            default:
                WriteExtension((byte)token.Number, token.Payload);
                break;
        }
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)0xC3 : (byte)0xC2);

    /// <summary>Writes the header of an array.</summary>
    public void WriteArray(int count) => WriteCount((ulong)count, 0x90, 0xDC);

    /// <summary>Writes the header of a map.</summary>
    public void WriteMap(int pairs) => WriteCount((ulong)pairs, 0x80, 0xDE);

    /// <summary>Writes a number that is not negative.</summary>
    public void WriteUnsigned(ulong number)
    {
        if (number < 0x80)
            WriteByte((byte)number);
        else
            WriteSized(number, 0xCC, 0xCD, 0xCE, 0xCF);
    }

    /// <summary>Writes UTF-8 as a str.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 32)
            WriteByte((byte)(0xA0 | utf8.Length));
        else
            WriteSized((ulong)utf8.Length, 0xD9, 0xDA, 0xDB);
        WriteEncoded(utf8);
    }

    /// <summary>Writes a bin.</summary>
    public void WriteBinary(scoped ReadOnlySpan<byte> bytes)
    {
        WriteSized((ulong)bytes.Length, 0xC4, 0xC5, 0xC6);
        WriteEncoded(bytes);
    }

    /// <summary>Writes an id as a bin of 20 bytes.</summary>
    public void WriteNodeId(NodeId id)
    {
        WriteNumber(0xC4, NodeId.Size, 1);
        id.Write(_destination[Length..]);
        Length += NodeId.Size;
    }

    /// <summary>Copies what is MessagePack already.</summary>
    public void WriteEncoded(scoped ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(_destination[Length..]);
        Length += encoded.Length;
    }

    private void WriteNegative(long number)
    {
        if (number >= -32)
            WriteByte(unchecked((byte)number));
        else if (number >= sbyte.MinValue)
            WriteNumber(0xD0, unchecked((ulong)number), 1);
        else if (number >= short.MinValue)
            WriteNumber(0xD1, unchecked((ulong)number), 2);
        else if (number >= int.MinValue)
            WriteNumber(0xD2, unchecked((ulong)number), 4);
        else
            WriteNumber(0xD3, unchecked((ulong)number), 8);
    }

    private void WriteExtension(byte type, scoped ReadOnlySpan<byte> payload)
    {
        if (payload.Length is 1 or 2 or 4 or 8 or 16)
            WriteByte((byte)(0xD4 + int.Log2(payload.Length)));
        else
            WriteSized((ulong)payload.Length, 0xC7, 0xC8, 0xC9);
        WriteByte(type);
        WriteEncoded(payload);
    }

    private void WriteCount(ulong count, byte shortCode, byte code16)
    {
        if (count < 16)
            WriteByte((byte)(shortCode | (byte)count));
        else if (count <= ushort.MaxValue)
            WriteNumber(code16, count, 2);
        else
            WriteNumber((byte)(code16 + 1), count, 4);
    }

    private void WriteSized(ulong number, byte code8, byte code16, byte code32, byte code64 = 0)
    {
        if (number <= byte.MaxValue)
            WriteNumber(code8, number, 1);
        else if (number <= ushort.MaxValue)
            WriteNumber(code16, number, 2);
        else if (number <= uint.MaxValue)
            WriteNumber(code32, number, 4);
        else
            WriteNumber(code64, number, 8);
    }

    private void WriteNumber(byte code, ulong number, int width)
    {
        WriteByte(code);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        WriteEncoded(bytes[^width..]);
    }

    private void WriteByte(byte octet) => _destination[Length++] = octet;
}
