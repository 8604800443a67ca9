namespace NuCypher.P2P.Dht;

/// <summary>A request that waits for its answer.</summary>
internal sealed class PendingRequest(MessageId id, Contact to, byte[] datagram, int maxTries, RpcCaller caller)
{
    public MessageId Id { get; } = id;

    /// <summary>The receiver; its id is a claim, and zero where none is known.</summary>
    public Contact To { get; } = to;

    public byte[] Datagram { get; } = datagram;

    public int MaxTries { get; } = maxTries;

    public RpcCaller Caller { get; } = caller;

    public int Tries { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public Timeline.Deadline? Deadline { get; set; }
}
