namespace NuCypher.P2P.Dht;

/// <summary>Sends one value to several nodes and counts who keeps it.</summary>
internal sealed class StoreRun(Swarm swarm, int asked, Action<Stored> finished) : RpcCaller
{
    private int _acknowledged;
    private int _settled;

    /// <summary>Sends the value to all; ends at once if there is nobody.</summary>
    public static void Start(
        Swarm swarm, IReadOnlyList<Contact> holders, NodeId key, ReadOnlyMemory<byte> encoded, Action<Stored> finished)
    {
        var run = new StoreRun(swarm, holders.Count, finished);
        foreach (var holder in holders)
            swarm.Requests.Send(holder, RpcMethod.Store, run, key, encoded.Span);
        if (holders.Count == 0)
            finished(new Stored(0, 0));
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        swarm.Introductions.Heard(request.To, response);
        Settle(response.IsTrue() ? 1 : 0);
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        swarm.Introductions.Failed(request.To);
        Settle(0);
    }

    private void Settle(int acknowledged)
    {
        _acknowledged += acknowledged;
        if (++_settled == asked)
            finished(new Stored(_acknowledged, asked));
    }
}
