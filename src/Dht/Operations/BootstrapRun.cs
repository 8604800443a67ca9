namespace NuCypher.P2P.Dht;

/// <summary>Joins through seeds: pings them all and, once each answered or is late and one answered, looks for this node's own id.</summary>
internal sealed class BootstrapRun : RpcCaller
{
    private readonly Swarm _swarm;
    private readonly Action<DhtOutcome> _finished;
    private readonly HashSet<NodeAddress> _unheard;
    private int _silent;
    private bool _started;

    private BootstrapRun(Swarm swarm, IEnumerable<NodeAddress> seeds, Action<DhtOutcome> finished)
    {
        (_swarm, _finished) = (swarm, finished);
        _unheard = [.. seeds];
        Seeds = [.. _unheard];
    }

    private IReadOnlyList<NodeAddress> Seeds { get; }

    /// <summary>Starts to join.</summary>
    public static void Start(Swarm swarm, IEnumerable<NodeAddress> seeds, Action<DhtOutcome> finished)
    {
        var run = new BootstrapRun(swarm, seeds.Where(seed => seed.IsUnicast), finished);
        foreach (var seed in run.Seeds)
            swarm.Requests.Send(new Contact(default, seed), RpcMethod.Ping, run, maxTries: swarm.Options.BootstrapTries);
        if (run.Seeds.Count == 0)
            finished(new OperationFailed(DhtFailure.NoContacts));
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        if (response.TryReadNodeId(out var id) && id != _swarm.Self && !response.FromClient)
            _swarm.Introductions.Proved(request.To with { Id = id });
        else
            _silent++;
        Settle(request);
    }

    /// <inheritdoc />
    public override void Late(PendingRequest request) => Settle(request);

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        _silent++;
        Settle(request);
    }

    private void Finish(LookupRun lookup) => _finished(new Joined(Math.Max(_swarm.Table.Count, lookup.Closest.Count)));

    private void Settle(PendingRequest request)
    {
        _unheard.Remove(request.To.Address);
        if (_started || _unheard.Count > 0)
            return;
        if (_swarm.Table.Count > 0)
        {
            _started = true;
            LookupRun.Start(_swarm, _swarm.Self, null, Finish);
        }
        else if (_silent == Seeds.Count)
        {
            _started = true;
            _finished(new OperationFailed(DhtFailure.NoAnswer));
        }
    }
}
