namespace NuCypher.P2P.Dht;

/// <summary>The round-trip times measured to peers, and from them how long to wait for each.</summary>
internal sealed class RttTable(KademliaOptions options)
{
    private const double MarginForStrangers = 2;

    private readonly LruCache<NodeAddress, (RttEstimate RoundTrip, bool KnowsUs)> _peers =
        new(options.MaxMeasuredPeers);
    private readonly RttWindow _latest = new();
    private RttEstimate? _overall;

    /// <summary>
    /// Adds a measurement; only of a request that was sent once, else it is not known which try was answered.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="sample">How long its answer took.</param>
    /// <param name="knowsUs">Whether it said that this node's address is proven.</param>
    public void Measure(NodeAddress peer, TimeSpan sample, bool knowsUs = false)
    {
        _latest.Add(sample);
        _overall = _overall?.With(sample) ?? RttEstimate.First(sample);
        var known = _peers.TryGet(peer, out var earlier);
        _peers.Set(peer, (known ? earlier.RoundTrip.With(sample) : RttEstimate.First(sample), knowsUs));
    }

    /// <summary>Whether a peer said at its last answer that it takes this node's address for proven.</summary>
    public bool IsKnownTo(NodeAddress peer) => _peers.TryGet(peer, out var known) && known.KnowsUs;

    /// <summary>
    /// How long to wait for a peer's first answer before another is asked as well: as long as all but few answers took.
    /// </summary>
    public TimeSpan HedgeOf(NodeAddress peer)
    {
        var usual = _latest.HighQuantile ?? options.InitialHedge;
        if (_peers.TryGet(peer, out var known) && known.RoundTrip.Timeout < usual)
            usual = known.RoundTrip.Timeout;
        return usual > options.MinHedge ? usual : options.MinHedge;
    }

    /// <summary>How long to wait for a peer's answer to a try.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="tries">How many tries went before; each doubles the time.</param>
    public TimeSpan TimeoutOf(NodeAddress peer, int tries)
    {
        var first = _peers.TryGet(peer, out var known) ? known.RoundTrip.Timeout
            : _overall?.Timeout * MarginForStrangers ?? options.InitialTimeout;
        var ticks = Math.Max(first.Ticks, options.MinTimeout.Ticks) << tries;
        return TimeSpan.FromTicks(Math.Min(ticks, options.MaxTimeout.Ticks));
    }
}
