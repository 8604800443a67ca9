using System.Text.Unicode;

namespace NuCypher.P2P.Dht;

/// <summary>Reads MessagePack in every legal form, also the longer ones. Allocates nothing, never throws.</summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> source)
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    private ReadOnlySpan<byte> _rest = source;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads the next object, of an array or a map the header alone; false at the end or at broken bytes.</summary>
    public bool TryRead(out MessagePackToken token)
    {
        token = default;
        if (_rest.IsEmpty)
            return false;
        var code = _rest[0];
        _rest = _rest[1..];
        return code switch
        {
            < 0x80 => Is(MessagePackType.Unsigned, code, out token),
            < 0x90 => Is(MessagePackType.Map, code & 0xFUL, out token),
            < 0xA0 => Is(MessagePackType.Array, code & 0xFUL, out token),
            < 0xC0 => TryReadPayload(MessagePackType.String, code & 0x1FUL, out token),
            >= 0xE0 => Is(MessagePackType.Negative, SignExtend(code, 1), out token),
            _ => TryReadLongForm(code, out token),
        };
    }

    /// <summary>Skips one object with all that it contains; false if it is broken or nested deeper than <see cref="MaxDepth"/>.</summary>
    public bool TrySkip(out ReadOnlySpan<byte> skipped)
    {
        var start = _rest;
        Span<ulong> open = stackalloc ulong[MaxDepth];
        open[0] = 1;
        for (var depth = 0; depth >= 0;)
        {
            if (open[depth] == 0)
            {
                depth--;
                continue;
            }
            open[depth]--;
            if (!TryRead(out var token) || (token.Children > 0 && ++depth == MaxDepth))
            {
                skipped = default;
                return false;
            }
            if (token.Children > 0)
                open[depth] = token.Children;
        }
        skipped = start[..^_rest.Length];
        return true;
    }

    /// <summary>Reads an array's header.</summary>
    public bool TryReadArray(out ulong count) => TryReadNumber(MessagePackType.Array, out count);

    /// <summary>Reads a map's header.</summary>
    public bool TryReadMap(out ulong pairs) => TryReadNumber(MessagePackType.Map, out pairs);

    /// <summary>Reads a str's UTF-8.</summary>
    public bool TryReadString(out ReadOnlySpan<byte> utf8) => TryReadBytes(MessagePackType.String, out utf8);

    /// <summary>Reads a bin.</summary>
    public bool TryReadBinary(out ReadOnlySpan<byte> bytes) => TryReadBytes(MessagePackType.Binary, out bytes);

    /// <summary>Reads a bin of exactly 20 bytes.</summary>
    public bool TryReadNodeId(out NodeId id)
    {
        id = default;
        return TryReadBinary(out var bytes) && NodeId.TryRead(bytes, out id);
    }

    /// <summary>Reads an integer from 1 to 65535.</summary>
    public bool TryReadPort(out ushort port)
    {
        var read = TryReadNumber(MessagePackType.Unsigned, out var number) && number is > 0 and <= ushort.MaxValue;
        port = read ? (ushort)number : default;
        return read;
    }

    private bool TryReadNumber(MessagePackType type, out ulong number)
    {
        var read = TryRead(out var token) && token.Type == type;
        number = read ? token.Number : 0;
        return read;
    }

    private bool TryReadBytes(MessagePackType type, out ReadOnlySpan<byte> bytes)
    {
        var read = TryRead(out var token) && token.Type == type;
        bytes = read ? token.Payload : default;
        return read;
    }

    private bool TryReadLongForm(byte code, out MessagePackToken token) => code switch
    {
        0xC0 => Is(MessagePackType.Nil, 0, out token),
        0xC2 or 0xC3 => Is(MessagePackType.Boolean, code & 1UL, out token),
        0xC4 or 0xC5 or 0xC6 => TryReadSized(MessagePackType.Binary, 1 << (code - 0xC4), out token),
        0xC7 or 0xC8 or 0xC9 => TryReadSized(MessagePackType.Extension, 1 << (code - 0xC7), out token),
        0xCA or 0xCB => TryReadFloat(code == 0xCA ? 4 : 8, out token),
        >= 0xCC and <= 0xCF => TryReadUnsigned(1 << (code - 0xCC), out token),
        >= 0xD0 and <= 0xD3 => TryReadSigned(1 << (code - 0xD0), out token),
        >= 0xD4 and <= 0xD8 => TryReadPayload(MessagePackType.Extension, 1UL << (code - 0xD4), out token),
        >= 0xD9 and <= 0xDB => TryReadSized(MessagePackType.String, 1 << (code - 0xD9), out token),
        0xDC or 0xDD => TryReadCount(MessagePackType.Array, 2 << (code - 0xDC), out token),
        0xDE or 0xDF => TryReadCount(MessagePackType.Map, 2 << (code - 0xDE), out token),
        _ => Is(MessagePackType.Nil, 0, out token) && false, // C1 is never used
    };

    private bool TryReadSized(MessagePackType type, int width, out MessagePackToken token)
    {
        token = default;
        return TryTake(width, out var size) && TryReadPayload(type, size, out token);
    }

    private bool TryReadPayload(MessagePackType type, ulong size, out MessagePackToken token)
    {
        token = default;
        ulong extension = 0;
        if ((type == MessagePackType.Extension && !TryTake(1, out extension)) || size > (ulong)_rest.Length)
            return false;
        token = new(type, extension, _rest[..(int)size]);
        _rest = _rest[(int)size..];
        return type != MessagePackType.String || Utf8.IsValid(token.Payload);
    }

    private bool TryReadCount(MessagePackType type, int width, out MessagePackToken token)
    {
        var read = TryTake(width, out var count);
        token = new(type, count);
        return read;
    }

    private bool TryReadUnsigned(int width, out MessagePackToken token)
    {
        var read = TryTake(width, out var number);
        token = new(MessagePackType.Unsigned, number);
        return read;
    }

    private bool TryReadSigned(int width, out MessagePackToken token)
    {
        var read = TryTake(width, out var number);
        var extended = SignExtend(number, width);
        token = new(extended >> 63 == 0 ? MessagePackType.Unsigned : MessagePackType.Negative, extended);
        return read;
    }

    private bool TryReadFloat(int width, out MessagePackToken token)
    {
        var read = TryTake(width, out var bits);
        var wide = width == 8 ? bits : BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle((uint)bits));
        token = new(MessagePackType.Float, wide);
        return read;
    }

    private bool TryTake(int width, out ulong number)
    {
        number = 0;
        if (_rest.Length < width)
            return false;
        foreach (var octet in _rest[..width])
            number = (number << 8) | octet;
        _rest = _rest[width..];
        return true;
    }

    private static ulong SignExtend(ulong number, int width) =>
        unchecked((ulong)((long)(number << (64 - (8 * width))) >> (64 - (8 * width))));

    private static bool Is(MessagePackType type, ulong number, out MessagePackToken token)
    {
        token = new(type, number);
        return true;
    }
}
