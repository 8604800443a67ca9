using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>Contacts as bytes, so that a node finds the network again without seeds.</summary>
/// <remarks>
/// Layout, big-endian: brand <c>NcPl</c> (4), major version 1 (2), minor version 0 (2), count (2), then per contact id
/// (20), IPv6 or IPv4-mapped address (16), port (2).
/// </remarks>
public static class PeerList
{
    /// <summary>The most contacts that a list holds.</summary>
    public const int MaxCount = 1000;

    private const int HeaderSize = 10;
    private const int ContactSize = NodeId.Size + 18;

    private static ReadOnlySpan<byte> BrandAndMajor => "NcPl\0\x01"u8;

    /// <summary>Writes contacts, in order; those beyond <see cref="MaxCount"/> are left out.</summary>
    public static byte[] ToBytes(IReadOnlyList<Contact> contacts)
    {
        var count = Math.Min(contacts.Count, MaxCount);
        var bytes = new byte[HeaderSize + (count * ContactSize)];
        BrandAndMajor.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(8), (ushort)count);
        for (var index = 0; index < count; index++)
            Write(contacts[index], bytes.AsSpan(HeaderSize + (index * ContactSize), ContactSize));
        return bytes;
    }

    /// <summary>
    /// Reads a list. Never throws; false for anything else, also for a longer or shorter one than it says.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out IReadOnlyList<Contact>? contacts)
    {
        contacts = null;
        if (source.Length < HeaderSize || !source.StartsWith(BrandAndMajor))
            return false;
        var count = BinaryPrimitives.ReadUInt16BigEndian(source[8..]);
        if (count > MaxCount || source.Length != HeaderSize + (count * ContactSize))
            return false;
        var list = new List<Contact>(count);
        for (var rest = source[HeaderSize..]; !rest.IsEmpty; rest = rest[ContactSize..])
            list.Add(Read(rest));
        contacts = list;
        return true;
    }

    private static void Write(Contact contact, Span<byte> destination)
    {
        contact.Id.Write(destination);
        contact.Address.WriteAddress(destination.Slice(NodeId.Size, 16));
        BinaryPrimitives.WriteUInt16BigEndian(destination[^2..], contact.Address.Port);
    }

    private static Contact Read(ReadOnlySpan<byte> source)
    {
        NodeId.TryRead(source[..NodeId.Size], out var id);
        var port = BinaryPrimitives.ReadUInt16BigEndian(source.Slice(NodeId.Size + 16, 2));
        return new Contact(id, new NodeAddress(source.Slice(NodeId.Size, 16), port));
    }
}
