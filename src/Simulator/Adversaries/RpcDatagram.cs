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
    private const byte UInt16 = 0xCD;
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
            if (datagram.Span[i] == Bin8 && datagram.Span[i + 1] == IdSize && NodeId.TryRead(datagram.Span.Slice(i + 2, IdSize), out var id))
                yield return id;
        }
    }

    public static byte[] FindNode(ReadOnlySpan<byte> messageId, NodeId sender, NodeId key) =>
        [Request, .. messageId, FixedArray | 2, .. Text("find_node"), FixedArray | 2, .. Id(sender), .. Id(key)];

    public static byte[] Store(ReadOnlySpan<byte> messageId, NodeId sender, NodeId key, ReadOnlySpan<byte> value) =>
        [Request, .. messageId, FixedArray | 2, .. Text("store"), FixedArray | 3, .. Id(sender), .. Id(key), .. Bytes(value)];

    public static byte[] Pong(ReadOnlySpan<byte> request, NodeId self) => [Response, .. request[1..HeaderSize], .. Id(self)];

    public static byte[] Nodes(ReadOnlySpan<byte> request, IReadOnlyCollection<Contact> contacts) =>
        [Response, .. request[1..HeaderSize], (byte)(FixedArray | contacts.Count), .. contacts.SelectMany(Encode)];

    private static byte[] Encode(Contact contact) =>
    [
        FixedArray | 3, .. Id(contact.Id), .. Text(contact.Address.Address.ToString()),
        UInt16, (byte)(contact.Address.Port >> 8), (byte)(contact.Address.Port & byte.MaxValue),
    ];

    private static byte[] Id(NodeId id) => [Bin8, IdSize, .. id.ToBytes()];

    private static byte[] Text(string text) => [(byte)(FixedText | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(ReadOnlySpan<byte> bytes) => [Bin16, (byte)(bytes.Length >> 8), (byte)(bytes.Length & byte.MaxValue), .. bytes];
}
