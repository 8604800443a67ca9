namespace NuCypher.P2P.Dht;

/// <summary>Answers the requests of others.</summary>
internal sealed class Responder(Swarm swarm, Replication replication)
{
    private readonly RpcWriter _writer = new(swarm.Self, swarm.Options.ClientMode);
    private readonly LruCache<NodeAddress, TokenBucket> _sources = new(swarm.Options.MaxCountedSources);
    private readonly LruCache<(NodeAddress From, MessageId Id), (bool Kept, DateTimeOffset At)> _replies =
        new(swarm.Options.MaxRememberedReplies);

    /// <summary>Whether a source may ask once more now.</summary>
    public bool Allows(NodeAddress from)
    {
        if (swarm.Options.ExemptLoopback && from.IsLoopback)
            return true;
        while (_sources.TryPeekOldest(out var oldest) && oldest.IsFull(swarm.Now))
            _sources.RemoveOldest();
        var source = from.Host;
        if (!_sources.TryGet(source, out var bucket))
            _sources.Set(source, bucket = new TokenBucket(swarm.Options.RequestRate, swarm.Options.RequestBurst, swarm.Now));
        return bucket.TryTake(swarm.Now);
    }

    /// <summary>Answers one request and notes who asked.</summary>
    public void Answer(NodeAddress from, MessageId id, in RpcRequest request)
    {
        swarm.Effects.Add(new Send(from, Reply(from, id, request)));
        if (request.Method == RpcMethod.Stun)
            return;
        var sender = new Contact(request.Sender, from);
        if (request.FromClient)
            swarm.Introductions.Doubt(sender);
        else
            swarm.Introductions.Consider(sender);
    }

    private byte[] Reply(NodeAddress from, MessageId id, in RpcRequest request) => request.Method switch
    {
        RpcMethod.Ping => _writer.Pong(id),
        RpcMethod.Store => Store(from, id, request),
        RpcMethod.FindNode => Nodes(from, id, request.Key),
        RpcMethod.FindValue => Value(from, id, request.Key),
        _ => _writer.Seen(id, from),
    };

    private byte[] Nodes(NodeAddress from, MessageId id, NodeId key) => _writer.Nodes(
        id, swarm.Table.Closest(key, swarm.Options.K, healthyOnly: true, asker: from), swarm.Options.MaxDatagramSize);

    private byte[] Value(NodeAddress from, MessageId id, NodeId key) =>
        swarm.Values.TryGet(key, swarm.Now, out var value) && !value.IsNil ? _writer.Value(id, value.Encode()) : Nodes(from, id, key);

    /// <summary>Stores, unless it is a repetition: a late one must not bring an overwritten value back.</summary>
    private byte[] Store(NodeAddress from, MessageId id, in RpcRequest request)
    {
        while (_replies.TryPeekOldest(out var oldest) && swarm.Now - oldest.At >= swarm.Options.ReplyMemory)
            _replies.RemoveOldest();
        if (_replies.TryGet((from, id), out var earlier) && swarm.Now - earlier.At < swarm.Options.ReplyMemory)
            return _writer.Stored(id, earlier.Kept);
        var kept = !swarm.Options.ClientMode && swarm.Values.Offer(request.Key, request.Value, from, swarm.Now);
        if (kept && swarm.Values.TryGet(request.Key, swarm.Now, out var value) && value.Record is { } record)
            replication.Received(record);
        _replies.Set((from, id), (kept, swarm.Now));
        return _writer.Stored(id, kept);
    }
}
