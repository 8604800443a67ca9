namespace NuCypher.P2P.Dht;

/// <summary>A well-formed request, read in place.</summary>
internal readonly ref struct RpcRequest
{
    public RpcMethod Method { get; private init; }

    /// <summary>Who asks, by its own word; nothing for <see cref="RpcMethod.Stun"/>.</summary>
    public NodeId Sender { get; private init; }

    /// <summary>What is asked for or stored; nothing for ping and stun.</summary>
    public NodeId Key { get; private init; }

    /// <summary>What is to be stored: one encoded object.</summary>
    public ReadOnlySpan<byte> Value { get; private init; }

    /// <summary>Whether the sender says that it stores nothing.</summary>
    public bool FromClient { get; private init; }

    /// <summary>Reads a request's body. Never throws; false for everything that gets no answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out RpcRequest request)
    {
        request = default;
        var reader = new MessagePackReader(body);
        if (!reader.TryReadArray(out var parts) || parts != 2 || !reader.TryReadString(out var name)
            || !TryReadMethod(name, out var method) || !reader.TryReadArray(out var count)
            || count != ArgumentCount(method))
            return false;
        var (sender, key) = (default(NodeId), default(NodeId));
        ReadOnlySpan<byte> value = default;
        if ((count > 0 && !reader.TryReadNodeId(out sender)) || (count > 1 && !reader.TryReadNodeId(out key))
            || (count > 2 && !reader.TrySkip(out value)))
            return false;
        var client = reader.Rest.StartsWith(RpcHeader.ClientTrailer);
        request = new() { Method = method, Sender = sender, Key = key, Value = value, FromClient = client };
        return true;
    }

    /// <summary>A method's name on the wire.</summary>
    public static ReadOnlySpan<byte> NameOf(RpcMethod method) => method switch
    {
        RpcMethod.Ping => "ping"u8,
        RpcMethod.Store => "store"u8,
        RpcMethod.FindNode => "find_node"u8,
        RpcMethod.FindValue => "find_value"u8,
        _ => "stun"u8,
    };

    /// <summary>How many arguments a method has; no other number is answered.</summary>
    public static ulong ArgumentCount(RpcMethod method) => method switch
    {
        RpcMethod.Ping => 1,
        RpcMethod.Store => 3,
        RpcMethod.FindNode or RpcMethod.FindValue => 2,
        _ => 0,
    };

    private static bool TryReadMethod(ReadOnlySpan<byte> name, out RpcMethod method)
    {
        for (method = RpcMethod.Ping; method <= RpcMethod.Stun; method++)
        {
            if (name.SequenceEqual(NameOf(method)))
                return true;
        }
        return false;
    }
}
