using System.Text;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>Datagrams of the Kademlia wire as somebody writes them who has no node: just enough to do harm.</summary>
internal static class RpcDatagram
{
    private const byte Request = 0;
    private const byte Response = 1;
    private const byte Bin8 = 0xC4;
    private const byte Bin16 = 0xC5;
    private const byte FixedArray = 0x90;
    private const byte FixedText = 0xA0;
    private const byte True = 0xC3;
    private const byte UInt8 = 0xCC;
    private const byte UInt16 = 0xCD;
    private const byte Array16 = 0xDC;
    private const byte FixedLength = 0x0F;
    private const byte ShortText = 0x1F;
    private const int IdSize = NodeId.Size;
    private const int HeaderSize = 1 + IdSize;

    /// <summary>True for a request of that method.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> datagram, string method) =>
        datagram.Length > HeaderSize && datagram[0] == Request && datagram[HeaderSize..].IndexOf(Text(method)) == 1;

    /// <summary>Every 20-byte string in a datagram: ids and keys.</summary>
    public static IEnumerable<NodeId> Ids(ReadOnlyMemory<byte> datagram)
    {
        for (var i = HeaderSize; i + 2 + IdSize <= datagram.Length; i++)
        {
            if (datagram.Span[i] == Bin8 && datagram.Span[i + 1] == IdSize && NodeId.TryRead(
                datagram.Span.Slice(i + 2, IdSize), out var id))
                yield return id;
        }
    }

    /// <summary>The 20 bytes by which an answer refers to its request.</summary>
    public static bool TryReadMessageId(ReadOnlySpan<byte> datagram, out NodeId id)
    {
        id = default;
        return datagram.Length > HeaderSize && NodeId.TryRead(datagram[1..HeaderSize], out id);
    }

    /// <summary>True for the answer to a store that was done.</summary>
    public static bool IsYes(ReadOnlySpan<byte> datagram) =>
        datagram.Length > HeaderSize && datagram[0] == Response && datagram[HeaderSize] == True;

    /// <summary>What a <c>find_node</c> or <c>find_value</c> request looks for.</summary>
    public static bool TryReadTarget(ReadOnlySpan<byte> datagram, out NodeId target)
    {
        var start = TargetStart(datagram);
        target = default;
        return start > 0 && datagram.Length >= start + IdSize
            && NodeId.TryRead(datagram.Slice(start, IdSize), out target);
    }

    /// <summary>Where the target of a search begins; 0 if it is none.</summary>
    public static int TargetStart(ReadOnlySpan<byte> datagram) =>
        IsRequest(datagram, "find_node") ? SearchHeader("find_node")
        : IsRequest(datagram, "find_value") ? SearchHeader("find_value")
        : 0;

    /// <summary>The contacts' ids of an answer, in order; false if it is no list of contacts.</summary>
    public static bool TryReadContacts(ReadOnlySpan<byte> datagram, List<NodeId> contacts)
    {
        contacts.Clear();
        if (datagram.Length <= HeaderSize + 3 || datagram[0] != Response)
            return false;
        var rest = datagram[HeaderSize..];
        var isLong = rest[0] == Array16;
        if (!isLong && (rest[0] & ~FixedLength) != FixedArray)
            return false;
        var count = isLong ? (rest[1] << 8) | rest[2] : rest[0] & FixedLength;
        rest = rest[(isLong ? 3 : 1)..];
        while (contacts.Count < count && TryReadContact(ref rest, out var id))
            contacts.Add(id);
        return contacts.Count == count;
    }

    public static byte[] FindNode(ReadOnlySpan<byte> messageId, NodeId sender, NodeId key) =>
        [Request, .. messageId, FixedArray | 2, .. Text("find_node"), FixedArray | 2, .. Id(sender), .. Id(key)];

    public static byte[] Store(ReadOnlySpan<byte> messageId, NodeId sender, NodeId key, ReadOnlySpan<byte> value) =>
        [
            Request, .. messageId, FixedArray | 2, .. Text("store"),
            FixedArray | 3, .. Id(sender), .. Id(key), .. Bytes(value),
        ];

    public static byte[] Pong(ReadOnlySpan<byte> request, NodeId self) =>
        [Response, .. request[1..HeaderSize], .. Id(self)];

    public static byte[] Yes(ReadOnlySpan<byte> request) => [Response, .. request[1..HeaderSize], True];

    public static byte[] Nodes(ReadOnlySpan<byte> request, IReadOnlyCollection<Contact> contacts) =>
        [Response, .. request[1..HeaderSize], .. Count(contacts.Count), .. contacts.SelectMany(Encode)];

    private static int SearchHeader(string method) => HeaderSize + 1 + 1 + method.Length + 1 + 2 + IdSize + 2;

    /// <summary>An array of id, text of up to 31 bytes, and port.</summary>
    private static bool TryReadContact(ref ReadOnlySpan<byte> rest, out NodeId id)
    {
        const int idEnd = 3 + IdSize;
        id = default;
        if (rest.Length <= idEnd || rest[0] != (FixedArray | 3) || rest[1] != Bin8 || rest[2] != IdSize
            || !NodeId.TryRead(rest[3..idEnd], out id) || (rest[idEnd] & ~ShortText) != FixedText)
            return false;
        var port = idEnd + 1 + (rest[idEnd] & ShortText);
        if (rest.Length <= port)
            return false;
        var end = port + (rest[port] == UInt16 ? 3 : rest[port] == UInt8 ? 2 : 1);
        if (rest.Length < end)
            return false;
        rest = rest[end..];
        return true;
    }

    private static byte[] Count(int count) =>
        count <= FixedLength ? [(byte)(FixedArray | count)] : [Array16, 0, (byte)count];

    private static byte[] Encode(Contact contact) =>
    [
        FixedArray | 3, .. Id(contact.Id), .. Text(contact.Address.Address.ToString()),
        UInt16, (byte)(contact.Address.Port >> 8), (byte)(contact.Address.Port & byte.MaxValue),
    ];

    private static byte[] Id(NodeId id) => [Bin8, IdSize, .. id.ToBytes()];

    private static byte[] Text(string text) => [(byte)(FixedText | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(ReadOnlySpan<byte> bytes) =>
        [Bin16, (byte)(bytes.Length >> 8), (byte)(bytes.Length & byte.MaxValue), .. bytes];
}
