namespace NuCypher.P2P.Dht;

/// <summary>Allows a number of events a second and saves up unused ones.</summary>
/// <param name="rate">Tokens a second.</param>
/// <param name="burst">The most that are saved up; so many there are at the start.</param>
/// <param name="start">When that is.</param>
public sealed class TokenBucket(int rate, int burst, DateTimeOffset start)
{
    private double _tokens = burst;
    private DateTimeOffset _filled = start;

    /// <summary>Whether it holds all that it can: then it is no different from a new one.</summary>
    public bool IsFull(DateTimeOffset now) => Saved(now) >= burst;

    /// <summary>Whether there is a token.</summary>
    public bool CanTake(DateTimeOffset now) => Saved(now) >= 1;

    /// <summary>Takes a token; false if there is none.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        (_tokens, _filled) = (Saved(now), now);
        var taken = _tokens >= 1;
        _tokens -= taken ? 1 : 0;
        return taken;
    }

    private double Saved(DateTimeOffset now) =>
        now > _filled ? Math.Min(burst, _tokens + (rate * (now - _filled).TotalSeconds)) : _tokens;
}
