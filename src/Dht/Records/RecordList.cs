using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>Records as bytes, so that a node that restarts still has what it keeps for others.</summary>
/// <remarks>
/// Layout, big-endian: brand <c>NcRl</c> (4), major version 1 (2), minor version 0 (2), count (4), then per record its
/// source's IPv6 or IPv4-mapped address (16) and port (2), its size (2), and the record.
/// </remarks>
public static class RecordList
{
    /// <summary>The most records that a list holds.</summary>
    public const int MaxCount = 100_000;

    private const int HeaderSize = 12;
    private const int EnvelopeSize = 20;

    private static ReadOnlySpan<byte> BrandAndMajor => "NcRl\0\x01"u8;

    /// <summary>Writes records, in order; those beyond <see cref="MaxCount"/> are left out.</summary>
    public static byte[] ToBytes(IReadOnlyList<HeldRecord> records)
    {
        var count = Math.Min(records.Count, MaxCount);
        var bytes = new byte[HeaderSize + records.Take(count).Sum(held => EnvelopeSize + held.Record.Bytes.Length)];
        BrandAndMajor.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), count);
        var rest = bytes.AsSpan(HeaderSize);
        foreach (var held in records.Take(count))
            rest = Write(held, rest);
        return bytes;
    }

    /// <summary>
    /// Reads a list. Never throws; false for anything else, also for a longer or shorter one than it says.
    /// </summary>
    /// <param name="source">A file's bytes.</param>
    /// <param name="records">Records with unchecked signatures.</param>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out IReadOnlyList<HeldRecord>? records)
    {
        records = null;
        if (source.Length < HeaderSize || !source.StartsWith(BrandAndMajor))
            return false;
        var count = BinaryPrimitives.ReadUInt32BigEndian(source[8..]);
        if (count > MaxCount || count > (source.Length - HeaderSize) / EnvelopeSize)
            return false;
        var list = new List<HeldRecord>((int)count);
        var rest = source[HeaderSize..];
        while (list.Count < count)
        {
            if (!TryTake(ref rest, out var held))
                return false;
            list.Add(held);
        }
        records = list;
        return rest.IsEmpty;
    }

    private static Span<byte> Write(HeldRecord held, Span<byte> destination)
    {
        var record = held.Record.Bytes.Span;
        held.Source.WriteAddress(destination[..16]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[16..], held.Source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(destination[18..], (ushort)record.Length);
        record.CopyTo(destination[EnvelopeSize..]);
        return destination[(EnvelopeSize + record.Length)..];
    }

    private static bool TryTake(ref ReadOnlySpan<byte> source, [NotNullWhen(true)] out HeldRecord? held)
    {
        held = null;
        if (source.Length < EnvelopeSize)
            return false;
        var address = new NodeAddress(source[..16], BinaryPrimitives.ReadUInt16BigEndian(source[16..]));
        var size = BinaryPrimitives.ReadUInt16BigEndian(source[18..]);
        source = source[EnvelopeSize..];
        if (source.Length < size || !SignedRecord.TryRead(source[..size], out var record))
            return false;
        source = source[size..];
        held = new HeldRecord(record, address);
        return true;
    }
}
