namespace NuCypher.P2P.Dht;

/// <summary>A response with one whole object, read in place; what the object means depends on the method asked.</summary>
internal readonly ref struct RpcResponse
{
    /// <summary>The result: one encoded object.</summary>
    public ReadOnlySpan<byte> Result { get; private init; }

    /// <summary>Whether the sender says that it stores nothing.</summary>
    public bool FromClient { get; private init; }

    /// <summary>Reads a response's body. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out RpcResponse response)
    {
        var reader = new MessagePackReader(body);
        var read = reader.TrySkip(out var result);
        response = new() { Result = result, FromClient = read && reader.Rest.StartsWith(RpcHeader.ClientTrailer) };
        return read;
    }

    /// <summary>Reads ping's result.</summary>
    public bool TryReadNodeId(out NodeId id) => new MessagePackReader(Result).TryReadNodeId(out id);

    /// <summary>Whether the result is <c>true</c>, as store's is when the value was kept.</summary>
    public bool IsTrue() => new MessagePackReader(Result).TryRead(out var token) && token is { Type: MessagePackType.Boolean, Number: 1 };

    /// <summary>Reads stun's result, of 2 elements or, over IPv6, 4.</summary>
    public bool TryReadAddress(out NodeAddress address)
    {
        var reader = new MessagePackReader(Result);
        address = default;
        return reader.TryReadArray(out var count) && count is 2 or 4
            && reader.TryReadString(out var host) && reader.TryReadPort(out var port)
            && NodeAddress.TryReadHost(host, port, out address);
    }

    /// <summary>Finds the pair <c>value</c> of find_value's result, wherever in the map it stands; nil is no value.</summary>
    public bool TryReadValue(out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        var reader = new MessagePackReader(Result);
        if (!reader.TryReadMap(out var pairs))
            return false;
        for (; pairs > 0; pairs--)
        {
            if (!reader.TrySkip(out var name) || !reader.TrySkip(out var value))
                return false;
            if (new MessagePackReader(name).TryReadString(out var text) && text.SequenceEqual("value"u8))
                encoded = value;
        }
        return !encoded.IsEmpty && encoded[0] != 0xC0;
    }

    /// <summary>Reads the contacts of find_node's result, at most so many.</summary>
    public ContactReader ReadContacts(int limit) => new(Result, limit);
}
