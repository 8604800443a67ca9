namespace NuCypher.P2P.Dht;

/// <summary>A well-formed request, read in place.</summary>
internal readonly ref struct RpcRequest
{
    private const int MinSize = 7;

    private static readonly WireBorder.Reading<RpcRequest> Whole = TryRead;
    private static readonly WireBorder.Reading<RpcRequest> Head = TryReadHead;

    public RpcMethod Method { get; init; }

    /// <summary>Who asks, by its own word; nothing for <see cref="RpcMethod.Stun"/>.</summary>
    public NodeId Sender { get; init; }

    /// <summary>What is asked for or stored; nothing for ping and stun.</summary>
    public NodeId Key { get; init; }

    /// <summary>What is to be stored: one encoded object.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Whether the sender says that it stores nothing.</summary>
    public bool FromClient { get; init; }

    /// <summary>Whether the sender says that it answers challenges.</summary>
    public bool FromProver { get; init; }

    /// <summary>Reads a request's body. Never throws; false for everything that gets no answer.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, out RpcRequest request)
    {
        request = default;
        return MayBeRequest(body.Span) && WireBorder.TryRead(body, Whole, out request);
    }

    /// <summary>Reads a store whose value was cut: it has none, and is never kept. Never throws.</summary>
    public static bool TryReadCutStore(ReadOnlyMemory<byte> body, out RpcRequest request)
    {
        request = default;
        return MayBeRequest(body.Span) && WireBorder.TryRead(body, Head, out request)
            && request.Method == RpcMethod.Store;
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
    public static int ArgumentCount(RpcMethod method) => method switch
    {
        RpcMethod.Ping => 1,
        RpcMethod.Store => 3,
        RpcMethod.FindNode or RpcMethod.FindValue => 2,
        _ => 0,
    };

    /// <summary>
    /// What costs nothing to see: as long as the shortest request, and an array of two in a legal form.
    /// </summary>
    private static bool MayBeRequest(ReadOnlySpan<byte> body) => body.Length >= MinSize
        && (body[0] == 0x92
            || body.StartsWith((ReadOnlySpan<byte>)[0xDC, 0, 2])
            || body.StartsWith((ReadOnlySpan<byte>)[0xDD, 0, 0, 0, 2]));

    private static bool TryRead(scoped ref MessagePackReader reader, out RpcRequest request)
    {
        var value = default(ReadOnlyMemory<byte>);
        if (!TryReadHead(ref reader, out request) || (request.Method == RpcMethod.Store && !reader.TrySkip(out value)))
            return false;
        var trailer = Trailer.Read(reader.Rest());
        request = request with { Value = value, FromClient = trailer.FromClient, FromProver = trailer.FromProver };
        return true;
    }

    /// <summary>Reads all that stands before a value.</summary>
    private static bool TryReadHead(scoped ref MessagePackReader reader, out RpcRequest request)
    {
        request = default;
        if (!reader.TryReadArray(out var parts) || parts != 2 || !reader.TryReadText(out var name)
            || !TryReadMethod(name.Span, out var method) || !reader.TryReadArray(out var count)
            || count != ArgumentCount(method))
            return false;
        var (sender, key) = (default(NodeId), default(NodeId));
        if ((count > 0 && !reader.TryReadNodeId(out sender)) || (count > 1 && !reader.TryReadNodeId(out key)))
            return false;
        request = new() { Method = method, Sender = sender, Key = key };
        return true;
    }

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
