namespace NuCypher.P2P.Dht;

/// <summary>Pings one address and tells who answered.</summary>
internal sealed class PingRun(Swarm swarm, Action<DhtOutcome> finished) : RpcCaller
{
    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        if (!response.TryReadNodeId(out var id))
        {
            finished(new OperationFailed(DhtFailure.NoAnswer));
            return;
        }
        var contact = request.To with { Id = id };
        if (!response.FromClient)
            swarm.Introductions.Proved(contact);
        finished(new Pong(contact, swarm.Timeline.Now - request.SentAt));
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request) => finished(new OperationFailed(DhtFailure.NoAnswer));
}
