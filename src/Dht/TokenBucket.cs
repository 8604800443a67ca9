namespace NuCypher.P2P.Dht;

/// <summary>Allows a number of events a second and saves up unused ones.</summary>
internal sealed class TokenBucket(int rate, int burst, DateTimeOffset start)
{
    private double _tokens = burst;
    private DateTimeOffset _filled = start;

    public bool TryTake(DateTimeOffset now)
    {
        if (now > _filled)
            _tokens = Math.Min(burst, _tokens + (rate * (now - _filled).TotalSeconds));
        _filled = now;
        var taken = _tokens >= 1;
        _tokens -= taken ? 1 : 0;
        return taken;
    }
}
