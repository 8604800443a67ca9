namespace NuCypher.P2P.Dht;

/// <summary>The round-trip times measured to peers, and from them how long to wait for each.</summary>
internal sealed class RttTable(KademliaOptions options)
{
    private const double MarginForStrangers = 2;

    private readonly LruCache<NodeAddress, RttEstimate> _peers = new(options.MaxMeasuredPeers);
    private readonly RttWindow _latest = new();
    private RttEstimate? _overall;

    /// <summary>Adds a measurement; only of a request that was sent once, else it is not known which try was answered.</summary>
    public void Measure(NodeAddress peer, TimeSpan sample)
    {
        _latest.Add(sample);
        _overall = _overall?.With(sample) ?? RttEstimate.First(sample);
        _peers.Set(peer, _peers.TryGet(peer, out var estimate) ? estimate.With(sample) : RttEstimate.First(sample));
    }

    /// <summary>
    /// How long to wait for a peer's first answer before another is asked as well: as long as all but few answers took.
    /// </summary>
    public TimeSpan HedgeOf(NodeAddress peer)
    {
        var usual = _latest.HighQuantile ?? options.InitialHedge;
        if (_peers.TryGet(peer, out var estimate) && estimate.Timeout < usual)
            usual = estimate.Timeout;
        return usual > options.MinHedge ? usual : options.MinHedge;
    }

    /// <summary>How long to wait for a peer's answer to a try.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="tries">How many tries went before; each doubles the time.</param>
    public TimeSpan TimeoutOf(NodeAddress peer, int tries)
    {
        var first = _peers.TryGet(peer, out var estimate) ? estimate.Timeout
            : _overall?.Timeout * MarginForStrangers ?? options.InitialTimeout;
        var ticks = Math.Max(first.Ticks, options.MinTimeout.Ticks) << tries;
        return TimeSpan.FromTicks(Math.Min(ticks, options.MaxTimeout.Ticks));
    }
}
