using System.Text.Unicode;

namespace NuCypher.P2P.Dht;

/// <summary>
/// What the wire asks of the library's reader. Another type than the asked one is refused; broken bytes throw, so that
/// all of it runs behind <see cref="WireBorder"/>.
/// </summary>
internal static class MessagePackReading
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    /// <summary>What has not been read.</summary>
    public static ReadOnlySpan<byte> Rest(this scoped ref MessagePackReader reader) =>
        reader.Sequence.FirstSpan[(int)reader.Consumed..];

    /// <summary>Whether an object of this type is next.</summary>
    public static bool Is(this scoped ref MessagePackReader reader, MessagePackType type) =>
        !reader.End && reader.NextMessagePackType == type;

    /// <summary>Reads an array's header.</summary>
    public static bool TryReadArray(this scoped ref MessagePackReader reader, out int count)
    {
        var read = reader.Is(MessagePackType.Array);
        count = read ? reader.ReadArrayHeader() : 0;
        return read;
    }

    /// <summary>Reads a map's header.</summary>
    public static bool TryReadMap(this scoped ref MessagePackReader reader, out int pairs)
    {
        var read = reader.Is(MessagePackType.Map);
        pairs = read ? reader.ReadMapHeader() : 0;
        return read;
    }

    /// <summary>Reads a str; false if it is not UTF-8, which the library does not check.</summary>
    public static bool TryReadText(this scoped ref MessagePackReader reader, out ReadOnlyMemory<byte> utf8)
    {
        var read = reader.Is(MessagePackType.String);
        utf8 = read ? reader.ReadStringSequence()!.Value.First : default;
        return read && Utf8.IsValid(utf8.Span);
    }

    /// <summary>Reads a bin.</summary>
    public static bool TryReadBinary(this scoped ref MessagePackReader reader, out ReadOnlyMemory<byte> bytes)
    {
        var read = reader.Is(MessagePackType.Binary);
        bytes = read ? reader.ReadBytes()!.Value.First : default;
        return read;
    }

    /// <summary>Reads a bin of exactly 20 bytes.</summary>
    public static bool TryReadNodeId(this scoped ref MessagePackReader reader, out NodeId id)
    {
        id = default;
        return reader.TryReadBinary(out var bytes) && NodeId.TryRead(bytes.Span, out id);
    }

    /// <summary>Reads an integer from 1 to 65535; another one is refused without the library's throwing.</summary>
    public static bool TryReadPort(this scoped ref MessagePackReader reader, out ushort port)
    {
        port = 0;
        if (!reader.Is(MessagePackType.Integer))
            return false;
        var number = reader.NextCode == MessagePackCode.UInt64
            ? (long)Math.Min(reader.ReadUInt64(), long.MaxValue) : reader.ReadInt64();
        var read = number is > 0 and <= ushort.MaxValue;
        port = read ? (ushort)number : default;
        return read;
    }

    /// <summary>
    /// Skips one object with all that it contains; false if a text in it is not UTF-8 or it is nested deeper than
    /// <see cref="MaxDepth"/>. The library's own skipping checks neither.
    /// </summary>
    public static bool TrySkip(this scoped ref MessagePackReader reader, out ReadOnlyMemory<byte> skipped)
    {
        var start = (int)reader.Consumed;
        Span<long> open = stackalloc long[MaxDepth];
        open[0] = 1;
        skipped = default;
        for (var depth = 0; depth >= 0;)
        {
            if (open[depth] == 0)
            {
                depth--;
                continue;
            }
            open[depth]--;
            if (!TrySkipHead(ref reader, out var children) || (children > 0 && ++depth == MaxDepth))
                return false;
            if (children > 0)
                open[depth] = children;
        }
        skipped = reader.Sequence.First[start..(int)reader.Consumed];
        return true;
    }

    private static bool TrySkipHead(scoped ref MessagePackReader reader, out long children)
    {
        children = 0;
        if (reader.End)
            return false;
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Array:
                children = reader.ReadArrayHeader();
                return true;
            case MessagePackType.Map:
                children = 2L * reader.ReadMapHeader();
                return true;
            case MessagePackType.String:
                return reader.TryReadText(out _);
            default:
                reader.Skip();
                return true;
        }
    }
}
