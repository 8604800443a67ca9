namespace NuCypher.P2P.Simulator;

/// <summary>A timer on virtual time. A cancelled one leaves an entry in the heap, until it is swept.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private const long None = -1;

    private TimerCallback? _callback = callback;
    private object? _state = state;
    private TimeSpan _period;
    private long _order = None;

    public bool IsDue(long order) => _order == order;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_callback is null)
            return false;
        Cancel();
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
            _order = time.Enqueue(dueTime, this);
        return true;
    }

    public void Fire()
    {
        _order = _period > TimeSpan.Zero ? time.Enqueue(_period, this) : None;
        _callback!(_state);
    }

    public void Dispose()
    {
        Cancel();
        (_callback, _state) = (null, null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Cancel() => _order = None;
}
