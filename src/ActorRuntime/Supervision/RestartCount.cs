namespace NuCypher.P2P.ActorRuntime;

/// <summary>The restarts of one child in the current window.</summary>
internal sealed class RestartCount
{
    private int _count;
    private long _windowStart;

    public int Increment(TimeSpan window, TimeProvider clock)
    {
        var now = clock.GetTimestamp();
        var isOver = window > TimeSpan.Zero && clock.GetElapsedTime(_windowStart, now) > window;
        if (_count == 0 || isOver)
            (_windowStart, _count) = (now, 0);
        return ++_count;
    }
}
