namespace NuCypher.P2P.Dht;

/// <summary>Makes datagrams, byte for byte as the Python peers do.</summary>
/// <param name="self">The node whose datagrams they are.</param>
/// <param name="clientMode">Whether each ends with the trailer of a client.</param>
internal sealed class RpcWriter(NodeId self, bool clientMode)
{
    /// <summary>Bytes of a <c>store</c> request besides the encoded value.</summary>
    public const int StoreEnvelope = 73;

    private const int MaxContactSize = 1 + 22 + 46 + 3;

    /// <summary>A request of any method; key and value are left out where the method has none.</summary>
    public byte[] Request(MessageId id, RpcMethod method, NodeId key = default, ReadOnlySpan<byte> value = default)
    {
        Span<byte> buffer = stackalloc byte[128];
        if (value.Length > buffer.Length - StoreEnvelope - 8)
            buffer = new byte[StoreEnvelope + 8 + value.Length];
        var writer = Begin(buffer, RpcHeader.Request, id);
        var count = (int)RpcRequest.ArgumentCount(method);
        writer.WriteArray(2);
        writer.WriteString(RpcRequest.NameOf(method));
        writer.WriteArray(count);
        if (count > 0)
            writer.WriteNodeId(self);
        if (count > 1)
            writer.WriteNodeId(key);
        if (count > 2)
            writer.WriteEncoded(value);
        return method == RpcMethod.Store ? buffer[..(RpcHeader.Size + writer.Length)].ToArray() : End(writer, buffer);
    }

    /// <summary>The answer to ping.</summary>
    public byte[] Pong(MessageId id)
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.WriteNodeId(self);
        return End(writer, buffer);
    }

    /// <summary>The answer to store.</summary>
    public byte[] Stored(MessageId id, bool kept)
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.WriteBoolean(kept);
        return End(writer, buffer);
    }

    /// <summary>The answer to stun.</summary>
    public byte[] Seen(MessageId id, NodeAddress address)
    {
        Span<byte> buffer = stackalloc byte[128];
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.WriteArray(2);
        WriteAddress(ref writer, address);
        return End(writer, buffer);
    }

    /// <summary>The answer to find_value when the value is held.</summary>
    public byte[] Value(MessageId id, ReadOnlySpan<byte> encoded)
    {
        Span<byte> buffer = new byte[RpcHeader.Size + 16 + encoded.Length];
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.WriteMap(1);
        writer.WriteString("value"u8);
        writer.WriteEncoded(encoded);
        return End(writer, buffer);
    }

    /// <summary>The answer to find_node: as many of the contacts, nearest first, as fit.</summary>
    public byte[] Nodes(MessageId id, IReadOnlyList<Contact> contacts, int maxSize)
    {
        Span<byte> elements = stackalloc byte[maxSize];
        var writer = new MessagePackWriter(elements);
        var count = 0;
        while (count < contacts.Count && writer.Length + MaxContactSize + RpcHeader.Size + 8 <= maxSize)
            WriteContact(ref writer, contacts[count++]);
        Span<byte> buffer = stackalloc byte[RpcHeader.Size + 8 + writer.Length];
        var whole = Begin(buffer, RpcHeader.Response, id);
        whole.WriteArray(count);
        whole.WriteEncoded(elements[..writer.Length]);
        return End(whole, buffer);
    }

    private static void WriteContact(ref MessagePackWriter writer, Contact contact)
    {
        writer.WriteArray(3);
        writer.WriteNodeId(contact.Id);
        WriteAddress(ref writer, contact.Address);
    }

    private static void WriteAddress(ref MessagePackWriter writer, NodeAddress address)
    {
        Span<byte> host = stackalloc byte[45];
        writer.WriteString(host[..address.WriteHost(host)]);
        writer.WriteUnsigned(address.Port);
    }

    private static MessagePackWriter Begin(Span<byte> buffer, byte kind, MessageId id)
    {
        buffer[0] = kind;
        id.Write(buffer[1..]);
        return new MessagePackWriter(buffer[RpcHeader.Size..]);
    }

    private byte[] End(MessagePackWriter writer, ReadOnlySpan<byte> buffer) =>
        [.. buffer[..(RpcHeader.Size + writer.Length)], .. clientMode ? RpcHeader.ClientTrailer : []];
}
