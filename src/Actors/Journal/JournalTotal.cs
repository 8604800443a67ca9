using System.Buffers.Binary;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// All rows of a journal in 40 bytes: the exclusive or of their hashes, and how many they are. Secret: all of it.
/// </summary>
internal sealed class JournalTotal
{
    /// <summary>Bytes of a row's hash.</summary>
    public const int HashSize = 32;

    private const int Size = HashSize + sizeof(long);

    private readonly byte[] _bytes;

    /// <summary>The total of no rows.</summary>
    public JournalTotal() => _bytes = new byte[Size];

    private JournalTotal(byte[] bytes) => _bytes = bytes;

    /// <summary>The bytes, to be sealed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes the bytes of a total; null if they are none.</summary>
    public static JournalTotal? Read(byte[] bytes) => bytes.Length == Size ? new JournalTotal(bytes) : null;

    /// <summary>Counts a row in (1) or out (-1).</summary>
    public void Add(ReadOnlySpan<byte> hash, int count)
    {
        for (var i = 0; i < HashSize; i++)
            _bytes[i] ^= hash[i];
        var rows = _bytes.AsSpan(HashSize);
        BinaryPrimitives.WriteInt64BigEndian(rows, BinaryPrimitives.ReadInt64BigEndian(rows) + count);
    }

    /// <summary>Whether it is the total of the same rows.</summary>
    public bool IsOf(JournalTotal other) => _bytes.AsSpan().SequenceEqual(other._bytes);
}
