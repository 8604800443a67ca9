using System.Buffers;

namespace NuCypher.P2P.Dht;

/// <summary>Makes datagrams, byte for byte as the Python peers do but for what follows the object.</summary>
/// <param name="self">The node whose datagrams they are.</param>
/// <param name="clientMode">Whether each ends with the trailer of a client.</param>
/// <param name="isProver">Whether requests say that challenges are answered.</param>
internal sealed class RpcWriter(NodeId self, bool clientMode, bool isProver = false)
{
    private readonly byte[] _responseFlags = clientMode ? Trailer.Flag(Trailer.ClientFlag) : [];
    private readonly byte[] _requestFlags =
        [.. clientMode ? Trailer.Flag(Trailer.ClientFlag) : [], .. isProver ? Trailer.Flag(Trailer.ProverFlag) : []];

    /// <summary>Bytes of a <c>store</c> request besides the encoded value.</summary>
    public const int StoreEnvelope = 73;

    private const int MaxContactSize = 1 + 22 + 46 + 3;
    private const int MaxEnvelope = StoreEnvelope + 8;

    /// <summary>A request of any method; key and value are left out where the method has none.</summary>
    /// <param name="id">The message id.</param>
    /// <param name="method">What is asked for.</param>
    /// <param name="key">The key, if the method has one.</param>
    /// <param name="value">One encoded object, if the method has one.</param>
    /// <param name="atLeast">To how many bytes it is filled up with zeros; not for store.</param>
    /// <param name="storeLimit">Up to how many bytes a store, which a record may fill, has flags.</param>
    public byte[] Request(
        MessageId id, RpcMethod method, NodeId key = default, ReadOnlySpan<byte> value = default, int atLeast = 0,
        int storeLimit = 0)
    {
        var buffer = WireBuffer.For(MaxEnvelope + value.Length);
        var writer = Begin(buffer, RpcHeader.Request, id);
        var count = RpcRequest.ArgumentCount(method);
        writer.WriteArrayHeader(2);
        writer.WriteString(RpcRequest.NameOf(method));
        writer.WriteArrayHeader(count);
        if (count > 0)
            Write(ref writer, self);
        if (count > 1)
            Write(ref writer, key);
        if (count > 2)
            writer.WriteRaw(value);
        writer.Flush();
        if (method == RpcMethod.Store && buffer.WrittenCount + _requestFlags.Length > storeLimit)
            return buffer.WrittenSpan.ToArray();
        var datagram = new byte[Math.Max(atLeast, buffer.WrittenCount + _requestFlags.Length)];
        buffer.WrittenSpan.CopyTo(datagram);
        _requestFlags.CopyTo(datagram, buffer.WrittenCount);
        return datagram;
    }

    /// <summary>The answer to ping.</summary>
    public byte[] Pong(MessageId id, ReadOnlySpan<byte> proof = default)
    {
        var buffer = WireBuffer.For(MaxEnvelope);
        var writer = Begin(buffer, RpcHeader.Response, id);
        Write(ref writer, self);
        return End(ref writer, buffer, proof);
    }

    /// <summary>The answer to store.</summary>
    public byte[] Stored(MessageId id, bool kept, ReadOnlySpan<byte> proof = default)
    {
        var buffer = WireBuffer.For(MaxEnvelope);
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.Write(kept);
        return End(ref writer, buffer, proof);
    }

    /// <summary>The answer to stun.</summary>
    public byte[] Seen(MessageId id, NodeAddress address, ReadOnlySpan<byte> proof = default)
    {
        var buffer = WireBuffer.For(MaxEnvelope);
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.WriteArrayHeader(2);
        Write(ref writer, address);
        return End(ref writer, buffer, proof);
    }

    /// <summary>The answer to find_value when the value is held.</summary>
    public byte[] Value(MessageId id, ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> proof = default)
    {
        var buffer = WireBuffer.For(MaxEnvelope + encoded.Length);
        var writer = Begin(buffer, RpcHeader.Response, id);
        writer.WriteMapHeader(1);
        writer.WriteString("value"u8);
        writer.WriteRaw(encoded);
        return End(ref writer, buffer, proof);
    }

    /// <summary>The answer to find_node: as many of the contacts, nearest first, as fit.</summary>
    public byte[] Nodes(MessageId id, IReadOnlyList<Contact> contacts, int maxSize, ReadOnlySpan<byte> proof = default)
    {
        var buffer = WireBuffer.For(2 * Math.Max(maxSize, MaxEnvelope));
        var elements = new MessagePackWriter(buffer);
        var count = 0;
        var room = maxSize - MaxContactSize - RpcHeader.Size - 8 - proof.Length;
        while (count < contacts.Count && buffer.WrittenCount <= room)
        {
            Write(ref elements, contacts[count++]);
            elements.Flush();
        }
        var written = buffer.WrittenSpan;
        var whole = Begin(buffer, RpcHeader.Response, id);
        whole.WriteArrayHeader(count);
        whole.WriteRaw(written);
        whole.Flush();
        return End(buffer.WrittenSpan[written.Length..], proof);
    }

    private static void Write(ref MessagePackWriter writer, Contact contact)
    {
        writer.WriteArrayHeader(3);
        Write(ref writer, contact.Id);
        Write(ref writer, contact.Address);
    }

    private static void Write(ref MessagePackWriter writer, NodeId id)
    {
        writer.WriteBinHeader(NodeId.Size);
        id.Write(writer.GetSpan(NodeId.Size));
        writer.Advance(NodeId.Size);
    }

    private static void Write(ref MessagePackWriter writer, NodeAddress address)
    {
        Span<byte> host = stackalloc byte[45];
        var length = address.WriteHost(host);
        writer.WriteStringHeader(length);
        host[..length].CopyTo(writer.GetSpan(length));
        writer.Advance(length);
        writer.Write(address.Port);
    }

    private static MessagePackWriter Begin(ArrayBufferWriter<byte> buffer, byte kind, MessageId id)
    {
        var head = buffer.GetSpan(RpcHeader.Size);
        head[0] = kind;
        id.Write(head[1..]);
        buffer.Advance(RpcHeader.Size);
        return new MessagePackWriter(buffer);
    }

    private byte[] End(ref MessagePackWriter writer, ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> proof)
    {
        writer.Flush();
        return End(buffer.WrittenSpan, proof);
    }

    private byte[] End(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> proof) =>
        [.. datagram, .. _responseFlags, .. proof];
}
