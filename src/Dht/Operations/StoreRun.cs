namespace NuCypher.P2P.Dht;

/// <summary>
/// Sends one value to several nodes and counts who keeps it; others take the places of those that do not answer.
/// </summary>
internal sealed class StoreRun(
    Swarm swarm, int asked, Queue<Contact> spares, NodeId key, ReadOnlyMemory<byte> encoded, Action<Stored> finished)
    : RpcCaller
{
    private int _acknowledged;
    private int _settled;

    /// <inheritdoc />
    public override bool WillStore => true;

    /// <summary>Sends the value to all; ends at once if there is nobody.</summary>
    /// <param name="swarm">The node.</param>
    /// <param name="holders">Who is to keep it.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="encoded">The value.</param>
    /// <param name="finished">Called once.</param>
    /// <param name="spares">Who takes the place of a silent one, in this order.</param>
    public static void Start(
        Swarm swarm, IReadOnlyList<Contact> holders, NodeId key, ReadOnlyMemory<byte> encoded, Action<Stored> finished,
        IReadOnlyList<Contact>? spares = null)
    {
        var run = new StoreRun(swarm, holders.Count, new Queue<Contact>(spares ?? []), key, encoded, finished);
        foreach (var holder in holders)
            swarm.Requests.Send(holder, RpcMethod.Store, run, key, encoded.Span);
        if (holders.Count == 0)
            finished(new Stored(0, 0));
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        if (response.FromClient)
        {
            swarm.Table.Remove(request.To);
            Replace();
            return;
        }
        swarm.Introductions.Heard(request.To, response);
        Settle(response.IsTrue() ? 1 : 0);
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        swarm.Introductions.Failed(request.To);
        Replace();
    }

    private void Replace()
    {
        if (spares.TryDequeue(out var spare))
            swarm.Requests.Send(spare, RpcMethod.Store, this, key, encoded.Span);
        else
            Settle(0);
    }

    private void Settle(int acknowledged)
    {
        _acknowledged += acknowledged;
        if (++_settled == asked)
            finished(new Stored(_acknowledged, asked));
    }
}
