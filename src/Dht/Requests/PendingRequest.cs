namespace NuCypher.P2P.Dht;

/// <summary>A request that waits for its answer.</summary>
internal sealed class PendingRequest(
    MessageId id, Contact to, RpcMethod method, byte[] datagram, int maxTries, RpcCaller caller)
{
    public MessageId Id { get; } = id;

    /// <summary>The receiver; its id is a claim, and zero where none is known.</summary>
    public Contact To { get; } = to;

    public RpcMethod Method { get; } = method;

    public byte[] Datagram { get; } = datagram;

    public int MaxTries { get; } = maxTries;

    public RpcCaller Caller { get; } = caller;

    public int Tries { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public Timeline.Deadline? Deadline { get; set; }
}
