using System.Buffers.Binary;
using System.Text;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Node.Backups;

/// <summary>What a backup holds, read back.</summary>
/// <param name="Files">By name.</param>
/// <param name="Histories">What actors remember.</param>
/// <param name="HasKeyFrags">Whether there are key fragments among it.</param>
internal sealed record BackupContent(
    IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<StoredHistory> Histories, bool HasKeyFrags)
{
    /// <summary>Reads what <see cref="BackupWriter"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static BackupContent Read(ReadOnlySpan<byte> bytes)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var histories = new List<StoredHistory>();
        while (Take(ref bytes, 1)[0] is var kind and not 0)
        {
            if (kind == 1)
                files[Text(ref bytes)] = Take(ref bytes, Number(ref bytes)).ToArray();
            else if (kind == 2)
                histories.Add(History(ref bytes));
            else
                throw Broken();
        }
        var hasKeyFrags = Take(ref bytes, 1)[0] != 0;
        return bytes.IsEmpty ? new BackupContent(files, histories, hasKeyFrags) : throw Broken();
    }

    private static StoredHistory History(ref ReadOnlySpan<byte> bytes)
    {
        var id = Text(ref bytes);
        var events = new List<StoredEvent>();
        for (var left = Number(ref bytes); left > 0; left--)
        {
            var number = BinaryPrimitives.ReadInt64BigEndian(Take(ref bytes, sizeof(long)));
            events.Add(new StoredEvent(number, Text(ref bytes), Take(ref bytes, Number(ref bytes)).ToArray()));
        }
        return new StoredHistory(id, events);
    }

    private static string Text(ref ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(Take(ref bytes, BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, sizeof(ushort)))));

    private static int Number(ref ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32BigEndian(Take(ref bytes, sizeof(int)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (count < 0 || count > bytes.Length)
            throw Broken();
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    private static InvalidDataException Broken() => new("the backup ends too early, or is of a newer program");
}
