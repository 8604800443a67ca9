using System.Buffers.Binary;
using System.Text;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Node.Backups;

/// <summary>The parts of a backup, one after the other, before they are encrypted.</summary>
/// <remarks>
/// A part is its kind (1): 0 the end and 1 if there are key fragments · 1 a file: name (2 + UTF-8), bytes (4 + bytes) ·
/// 2 a history: id (2 + ASCII), number of events (4), of each number (8), manifest (2 + ASCII), bytes (4 + bytes).
/// Big-endian.
/// </remarks>
internal static class BackupWriter
{
    /// <summary>A file.</summary>
    public static byte[] File(string name, byte[] content)
    {
        using var part = new MemoryStream();
        part.WriteByte(1);
        Text(part, name);
        Bytes(part, content);
        return part.ToArray();
    }

    /// <summary>What one actor remembers.</summary>
    public static byte[] History(StoredHistory history)
    {
        using var part = new MemoryStream();
        part.WriteByte(2);
        Text(part, history.PersistenceId);
        Number(part, history.Events.Count);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var stored in history.Events)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, stored.SequenceNr);
            part.Write(number);
            Text(part, stored.Manifest);
            Bytes(part, stored.Payload.Span);
        }
        return part.ToArray();
    }

    /// <summary>The end.</summary>
    public static byte[] End(bool hasKeyFrags) => [0, hasKeyFrags ? (byte)1 : (byte)0];

    private static void Text(MemoryStream part, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        part.WriteByte((byte)(bytes.Length >> 8));
        part.WriteByte((byte)(bytes.Length & 0xFF));
        part.Write(bytes);
    }

    private static void Bytes(MemoryStream part, ReadOnlySpan<byte> bytes)
    {
        Number(part, bytes.Length);
        part.Write(bytes);
    }

    private static void Number(MemoryStream part, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        part.Write(bytes);
    }
}
