namespace NuCypher.P2P.Dht;

/// <summary>
/// Joins through seeds: pings them all, is in when one answered and, once each answered or is slow, looks for this
/// node's own id.
/// </summary>
internal sealed class BootstrapRun : RpcCaller
{
    private readonly Swarm _swarm;
    private readonly Action<DhtOutcome> _finished;
    private readonly Action _lookedAround;
    private readonly HashSet<NodeAddress> _unheard;
    private int _silent;
    private bool _started;

    private BootstrapRun(Swarm swarm, IEnumerable<NodeAddress> seeds, Action<DhtOutcome> finished, Action lookedAround)
    {
        (_swarm, _finished, _lookedAround) = (swarm, finished, lookedAround);
        _unheard = [.. seeds];
        Seeds = [.. _unheard];
    }

    private IReadOnlyList<NodeAddress> Seeds { get; }

    /// <inheritdoc />
    public override bool IsHurried => true;

    /// <summary>Starts to join.</summary>
    /// <param name="swarm">The node.</param>
    /// <param name="seeds">Whom to ask.</param>
    /// <param name="finished">Called once a seed answered, or none did.</param>
    /// <param name="lookedAround">Called once this node found its neighbours.</param>
    public static void Start(
        Swarm swarm, IEnumerable<NodeAddress> seeds, Action<DhtOutcome> finished, Action lookedAround)
    {
        var run = new BootstrapRun(swarm, seeds.Where(seed => seed.IsUnicast), finished, lookedAround);
        foreach (var seed in run.Seeds)
            swarm.Requests.Send(
                new Contact(default, seed), RpcMethod.Ping, run, maxTries: swarm.Options.BootstrapTries);
        if (run.Seeds.Count == 0)
            finished(new OperationFailed(DhtFailure.NoContacts));
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        if (response.TryReadNodeId(out var id) && id != _swarm.Self && !response.FromClient)
            Enter(request.To with { Id = id });
        else
            _silent++;
        Settle(request);
    }

    /// <inheritdoc />
    public override void Slow(PendingRequest request) => Settle(request);

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        _silent++;
        Settle(request);
    }

    private void Enter(Contact seed)
    {
        _swarm.Introductions.Proved(seed);
        if (!_started)
            _swarm.BeginToLook();
        _finished(new Joined(Math.Max(1, _swarm.Table.Count)));
    }

    private void Settle(PendingRequest request)
    {
        _unheard.Remove(request.To.Address);
        if (_started || _unheard.Count > 0)
            return;
        if (_swarm.Table.Count > 0)
        {
            _started = true;
            LookupRun.Start(_swarm, _swarm.Self, null, lookup =>
            {
                _swarm.HaveLooked(lookup.Closest);
                _lookedAround();
            }, isJoining: true);
        }
        else if (_silent == Seeds.Count)
        {
            _started = true;
            _finished(new OperationFailed(DhtFailure.NoAnswer));
        }
    }
}
