namespace NuCypher.P2P.Policy.Ursula;

/// <summary>
/// Remembers the nonces of one asker's requests for as long as the requests are in time, and refuses them a second
/// time.
/// </summary>
/// <remarks>
/// A request is in time from <c>window</c> before its time of issue until just before <c>window</c> after it. Nothing
/// that was issued before the start is in time, so that a restart, which forgets the nonces, lets no request through
/// that was issued before it; only one that was dated ahead, beyond the restart, could be served once more. When that
/// was, and how long a nonce is remembered, is measured by the monotonic clock: a wall clock that was wrong at the
/// start, or is set, refuses nobody for longer than it is wrong, and makes no replay pass. Pure: the time is an
/// argument.
/// </remarks>
/// <param name="window">How far an asker's clock, and a message's way, may be off.</param>
/// <param name="capacity">The most nonces, and the most requests in a window; when full, new ones are refused rather
/// than old ones forgotten.</param>
public sealed class ReplayWindow(TimeSpan window, int capacity)
{
    private readonly HashSet<Nonce> _seen = [];
    private readonly PriorityQueue<Nonce, TimeSpan> _leaving = new();

    /// <summary>How many nonces are remembered.</summary>
    public int Count => _seen.Count;

    /// <summary>From which uptime on the last nonce need not be remembered; null if none is.</summary>
    public TimeSpan? QuietAt { get; private set; }

    /// <summary>Says whether a request is new, without remembering it.</summary>
    public ReplayVerdict Check(Nonce nonce, DateTimeOffset issuedAt, ClockReading time)
    {
        var age = time.Now - issuedAt;
        if (age > time.Uptime || -age > window || age >= window)
            return ReplayVerdict.OutsideTimeWindow;
        if (_seen.Contains(nonce))
            return ReplayVerdict.Replayed;
        Forget(time.Uptime);
        return _seen.Count < capacity ? ReplayVerdict.Fresh : ReplayVerdict.Full;
    }

    /// <summary>
    /// Remembers a request that was found fresh, until it is out of time, and for a window at least: dating it back
    /// makes no room.
    /// </summary>
    public void Remember(Nonce nonce, DateTimeOffset issuedAt, ClockReading time)
    {
        if (!_seen.Add(nonce))
            return;
        var ahead = issuedAt - time.Now;
        var leaves = time.Uptime + window + (ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
        _leaving.Enqueue(nonce, leaves);
        QuietAt = QuietAt is { } quiet && quiet > leaves ? quiet : leaves;
    }

    private void Forget(TimeSpan uptime)
    {
        while (_leaving.TryPeek(out var nonce, out var leaves) && leaves <= uptime)
        {
            _leaving.Dequeue();
            _seen.Remove(nonce);
        }

        if (_seen.Count == 0)
            QuietAt = null;
    }
}
