using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NuCypher.P2P.Dht;

/// <summary>
/// A value as plain Kademlia peers keep it: a text, bytes, an integer, a float, true or false. Nobody signed it.
/// </summary>
/// <remarks>Arrays and maps are none: a Python peer that counts answers fails on them.</remarks>
public sealed class PlainValue : IEquatable<PlainValue>
{
    private const int MaxHeader = 9;

    private static readonly WireBorder.Reading<PlainValue?> Whole = TryReadWhole;
    private static readonly WireBorder.Reading<ReadOnlyMemory<byte>> Binary = MessagePackReading.TryReadBinary;
    private static readonly WireBorder.Reading<ReadOnlyMemory<byte>> Text = MessagePackReading.TryReadText;

    private readonly byte[] _encoded;

    private PlainValue(byte[] encoded) => _encoded = encoded;

    /// <summary>The value as MessagePack, in its shortest form.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>A text.</summary>
    public static PlainValue FromText(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var writer = Begin(utf8.Length, out var buffer);
        writer.WriteString(utf8);
        return End(ref writer, buffer);
    }

    /// <summary>Bytes.</summary>
    public static PlainValue FromBytes(ReadOnlySpan<byte> bytes)
    {
        var writer = Begin(bytes.Length, out var buffer);
        writer.Write(bytes);
        return End(ref writer, buffer);
    }

    /// <summary>An integer.</summary>
    public static PlainValue FromInteger(long number)
    {
        var writer = Begin(0, out var buffer);
        writer.Write(number);
        return End(ref writer, buffer);
    }

    /// <summary>A truth value.</summary>
    public static PlainValue FromBoolean(bool value)
    {
        var writer = Begin(0, out var buffer);
        writer.Write(value);
        return End(ref writer, buffer);
    }

    /// <summary>A floating-point number.</summary>
    public static PlainValue FromFloat(double number)
    {
        var writer = Begin(0, out var buffer);
        writer.Write(number);
        return End(ref writer, buffer);
    }

    /// <summary>
    /// Reads one encoded object in any legal form. Never throws; false for nil, arrays, maps and broken bytes.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out PlainValue? value) =>
        WireBorder.TryRead(encoded, Whole, out value);

    /// <summary>The bytes, if these are bytes.</summary>
    public bool TryGetBytes(out ReadOnlyMemory<byte> bytes) => TryReadBytes(_encoded, out bytes);

    /// <summary>The text, if this is one.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = WireBorder.TryRead(_encoded, Text, out var utf8) ? Encoding.UTF8.GetString(utf8.Span) : null;
        return text is not null;
    }

    /// <inheritdoc />
    public bool Equals(PlainValue? other) => other is not null && other._encoded.AsSpan().SequenceEqual(_encoded);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PlainValue);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var octet in _encoded)
            hash = unchecked((hash * 31) + octet);
        return hash;
    }

    /// <summary>The text as it is, bytes in hexadecimal, everything else as Python prints it.</summary>
    public override string ToString()
    {
        var reader = new MessagePackReader(_encoded);
        return reader.NextMessagePackType switch
        {
            MessagePackType.String => reader.ReadString()!,
            MessagePackType.Boolean => reader.ReadBoolean() ? "True" : "False",
            MessagePackType.Integer when IsSigned(reader) => reader.ReadInt64().ToString(CultureInfo.InvariantCulture),
            MessagePackType.Integer => reader.ReadUInt64().ToString(CultureInfo.InvariantCulture),
            MessagePackType.Float => reader.ReadDouble().ToString(CultureInfo.InvariantCulture),
            MessagePackType.Binary => Convert.ToHexStringLower(reader.ReadBytes()!.Value.FirstSpan),
            _ => Convert.ToHexStringLower(reader.ReadExtensionFormat().Data.FirstSpan),
        };
    }

    /// <summary>Reads a bin at the beginning, whatever follows it. Never throws.</summary>
    internal static bool TryReadBytes(ReadOnlyMemory<byte> encoded, out ReadOnlyMemory<byte> bytes) =>
        WireBorder.TryRead(encoded, Binary, out bytes);

    private static bool TryReadWhole(scoped ref MessagePackReader reader, out PlainValue? value)
    {
        var writer = Begin((int)reader.Sequence.Length, out var buffer);
        value = TryCopy(ref reader, ref writer) && reader.End ? End(ref writer, buffer) : null;
        return value is not null;
    }

    private static bool TryCopy(scoped ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Boolean:
                writer.Write(reader.ReadBoolean());
                return true;
            case MessagePackType.Integer when IsSigned(reader):
                writer.Write(reader.ReadInt64());
                return true;
            case MessagePackType.Integer:
                writer.Write(reader.ReadUInt64());
                return true;
            case MessagePackType.Float:
                writer.Write(reader.ReadDouble());
                return true;
            case MessagePackType.String when reader.TryReadText(out var utf8):
                writer.WriteString(utf8.Span);
                return true;
            case MessagePackType.Binary when reader.TryReadBinary(out var bytes):
                writer.Write(bytes.Span);
                return true;
            case MessagePackType.Extension:
                writer.WriteExtensionFormat(reader.ReadExtensionFormat());
                return true;
            default:
                return false;
        }
    }

    private static bool IsSigned(in MessagePackReader reader) =>
        reader.NextCode is >= MessagePackCode.MinNegativeFixInt
            or (>= MessagePackCode.Int8 and <= MessagePackCode.Int64);

    private static MessagePackWriter Begin(int payload, out ArrayBufferWriter<byte> buffer)
    {
        buffer = WireBuffer.For(payload + MaxHeader);
        return new MessagePackWriter(buffer);
    }

    private static PlainValue End(ref MessagePackWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        return new PlainValue(buffer.WrittenSpan.ToArray());
    }
}
