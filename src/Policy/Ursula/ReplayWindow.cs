namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Remembers the nonces of one asker's requests for as long as the requests are in time, and refuses them a second time.</summary>
/// <remarks>
/// A request is in time from <c>window</c> before its time of issue until just before <c>window</c> after it. Nothing that was
/// issued before the window itself began is in time, so that a restart, which forgets the nonces, lets no request through that
/// was issued before it; only one that was dated ahead, beyond the restart, could be served once more. Pure: the time is an
/// argument.
/// </remarks>
/// <param name="window">How far an asker's clock, and a message's way, may be off.</param>
/// <param name="capacity">The most nonces, and the most requests in a window; when full, new ones are refused rather than old ones forgotten.</param>
/// <param name="since">When this window began.</param>
public sealed class ReplayWindow(TimeSpan window, int capacity, DateTimeOffset since)
{
    private readonly HashSet<Nonce> _seen = [];
    private readonly PriorityQueue<Nonce, DateTimeOffset> _leaving = new();

    /// <summary>How many nonces are remembered.</summary>
    public int Count => _seen.Count;

    /// <summary>From when on the last nonce need not be remembered; null if none is.</summary>
    public DateTimeOffset? QuietAt { get; private set; }

    /// <summary>Says whether a request is new, without remembering it.</summary>
    public ReplayVerdict Check(Nonce nonce, DateTimeOffset issuedAt, DateTimeOffset now)
    {
        if (issuedAt < since || issuedAt - now > window || now - issuedAt >= window)
            return ReplayVerdict.OutsideTimeWindow;
        if (_seen.Contains(nonce))
            return ReplayVerdict.Replayed;
        Forget(now);
        return _seen.Count < capacity ? ReplayVerdict.Fresh : ReplayVerdict.Full;
    }

    /// <summary>Remembers a request that was found fresh, until it is out of time, and for a window at least: dating it back makes no room.</summary>
    public void Remember(Nonce nonce, DateTimeOffset issuedAt, DateTimeOffset now)
    {
        if (!_seen.Add(nonce))
            return;
        var leaves = (issuedAt > now ? issuedAt : now) + window;
        _leaving.Enqueue(nonce, leaves);
        QuietAt = QuietAt is { } quiet && quiet > leaves ? quiet : leaves;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_leaving.TryPeek(out var nonce, out var leaves) && leaves <= now)
        {
            _leaving.Dequeue();
            _seen.Remove(nonce);
        }

        if (_seen.Count == 0)
            QuietAt = null;
    }
}
