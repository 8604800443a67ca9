namespace NuCypher.P2P.Dht;

/// <summary>
/// A response with one whole object, read in place; what the object means depends on the method asked.
/// </summary>
internal readonly ref struct RpcResponse
{
    private static readonly WireBorder.Reading<RpcResponse> Whole = TryRead;
    private static readonly WireBorder.Reading<NodeId> Id = MessagePackReading.TryReadNodeId;
    private static readonly WireBorder.Reading<bool> Boolean = TryReadBoolean;
    private static readonly WireBorder.Reading<NodeAddress> Address = TryReadAddress;
    private static readonly WireBorder.Reading<ReadOnlyMemory<byte>> Value = TryReadValue;

    /// <summary>The result: one encoded object.</summary>
    public ReadOnlyMemory<byte> Result { get; private init; }

    /// <summary>
    /// Whether the response is longer than what is read of one: it says nothing but that its sender is alive.
    /// </summary>
    public bool IsTooLong { get; private init; }

    /// <summary>What follows the result.</summary>
    public Trailer Trailer { get; private init; }

    /// <summary>Whether the sender says that it stores nothing.</summary>
    public bool FromClient => Trailer.FromClient;

    /// <summary>Reads a response's body. Never throws.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, out RpcResponse response) =>
        WireBorder.TryRead(body, Whole, out response);

    /// <summary>The same; of one that was cut nothing is read.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, bool isCut, out RpcResponse response)
    {
        response = new() { IsTooLong = true };
        return isCut || TryRead(body, out response);
    }

    /// <summary>Reads ping's result.</summary>
    public bool TryReadNodeId(out NodeId id) => WireBorder.TryRead(Result, Id, out id);

    /// <summary>Whether the result is <c>true</c>, as store's is when the value was kept.</summary>
    public bool IsTrue() => WireBorder.TryRead(Result, Boolean, out var kept) && kept;

    /// <summary>Reads stun's result, of 2 elements or, over IPv6, 4.</summary>
    public bool TryReadAddress(out NodeAddress address) => WireBorder.TryRead(Result, Address, out address);

    /// <summary>Finds the pair <c>value</c> of find_value's result, anywhere in the map; nil is no value.</summary>
    public bool TryReadValue(out ReadOnlyMemory<byte> encoded) => WireBorder.TryRead(Result, Value, out encoded);

    /// <summary>Reads the contacts of find_node's result, at most so many.</summary>
    public ContactReader ReadContacts(int limit) => new(Result, limit);

    private static bool TryRead(scoped ref MessagePackReader reader, out RpcResponse response)
    {
        var read = reader.TrySkip(out var result);
        response = new() { Result = result, Trailer = read ? Trailer.Read(reader.Rest()) : default };
        return read;
    }

    private static bool TryReadBoolean(scoped ref MessagePackReader reader, out bool value)
    {
        var read = reader.Is(MessagePackType.Boolean);
        value = read && reader.ReadBoolean();
        return read;
    }

    private static bool TryReadAddress(scoped ref MessagePackReader reader, out NodeAddress address)
    {
        address = default;
        return reader.TryReadArray(out var count) && count is 2 or 4
            && reader.TryReadText(out var host) && reader.TryReadPort(out var port)
            && NodeAddress.TryReadHost(host.Span, port, out address);
    }

    private static bool TryReadValue(scoped ref MessagePackReader reader, out ReadOnlyMemory<byte> encoded)
    {
        encoded = default;
        if (!reader.TryReadMap(out var pairs))
            return false;
        for (; pairs > 0; pairs--)
        {
            var attempt = reader;
            var named = attempt.TryReadText(out var name) && name.Span.SequenceEqual("value"u8);
            if (!reader.TrySkip(out _) || !reader.TrySkip(out var value))
                return false;
            if (named)
                encoded = value;
        }
        return !encoded.IsEmpty && encoded.Span[0] != MessagePackCode.Nil;
    }
}
