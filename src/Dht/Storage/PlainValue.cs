using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NuCypher.P2P.Dht;

/// <summary>A value as plain Kademlia peers keep it: a text, bytes, an integer, a float, true or false. Nobody signed it.</summary>
/// <remarks>Arrays and maps are none: a Python peer that counts answers fails on them.</remarks>
public sealed class PlainValue : IEquatable<PlainValue>
{
    private readonly byte[] _encoded;

    private PlainValue(byte[] encoded) => _encoded = encoded;

    /// <summary>The value as MessagePack, in its shortest form.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>A text.</summary>
    public static PlainValue FromText(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return From(new MessagePackToken(MessagePackType.String, 0, utf8));
    }

    /// <summary>Bytes.</summary>
    public static PlainValue FromBytes(ReadOnlySpan<byte> bytes) => From(new MessagePackToken(MessagePackType.Binary, 0, bytes));

    /// <summary>An integer.</summary>
    public static PlainValue FromInteger(long number) => From(new MessagePackToken(
        number < 0 ? MessagePackType.Negative : MessagePackType.Unsigned, unchecked((ulong)number)));

    /// <summary>A truth value.</summary>
    public static PlainValue FromBoolean(bool value) => From(new MessagePackToken(MessagePackType.Boolean, value ? 1UL : 0));

    /// <summary>A floating-point number.</summary>
    public static PlainValue FromFloat(double number) =>
        From(new MessagePackToken(MessagePackType.Float, BitConverter.DoubleToUInt64Bits(number)));

    /// <summary>Reads one encoded object in any legal form. Never throws; false for nil, arrays, maps and broken bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out PlainValue? value)
    {
        var reader = new MessagePackReader(encoded);
        var scalar = reader.TryRead(out var token) && reader.Rest.IsEmpty
            && token.Type is not (MessagePackType.Nil or MessagePackType.Array or MessagePackType.Map);
        value = scalar ? From(token) : null;
        return scalar;
    }

    /// <summary>The bytes, if these are bytes.</summary>
    public bool TryGetBytes(out ReadOnlyMemory<byte> bytes)
    {
        var binary = new MessagePackReader(_encoded).TryReadBinary(out var span);
        bytes = binary ? Encoded[^span.Length..] : default;
        return binary;
    }

    /// <summary>The text, if this is one.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = new MessagePackReader(_encoded).TryReadString(out var utf8) ? Encoding.UTF8.GetString(utf8) : null;
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
        new MessagePackReader(_encoded).TryRead(out var token);
        return token.Type switch
        {
            MessagePackType.String => Encoding.UTF8.GetString(token.Payload),
            MessagePackType.Boolean => token.Number == 1 ? "True" : "False",
            MessagePackType.Unsigned => token.Number.ToString(CultureInfo.InvariantCulture),
            MessagePackType.Negative => unchecked((long)token.Number).ToString(CultureInfo.InvariantCulture),
            MessagePackType.Float => BitConverter.UInt64BitsToDouble(token.Number).ToString(CultureInfo.InvariantCulture),
            _ => Convert.ToHexStringLower(token.Payload),
        };
    }

    private static PlainValue From(MessagePackToken token)
    {
        Span<byte> buffer = new byte[token.Payload.Length + 9];
        var writer = new MessagePackWriter(buffer);
        writer.Write(token);
        return new PlainValue(buffer[..writer.Length].ToArray());
    }
}
