namespace NuCypher.P2P.ActorRuntime;

/// <summary>The timers of one cell. A firing carries its timer, so that one that is no longer the key's timer is ignored.</summary>
internal sealed class CellTimers(ActorCell cell) : ITimerScheduler
{
    private Dictionary<object, Fired>? _timers;

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, Timeout.InfiniteTimeSpan);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval);

    public bool IsTimerActive(object key) => _timers is not null && _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers is not null && _timers.Remove(key, out var timer))
            timer.Stop();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers?.Values ?? Enumerable.Empty<Fired>())
            timer.Stop();
        _timers?.Clear();
    }

    /// <summary>False if the timer was cancelled or replaced while its message was queued.</summary>
    public bool TryAccept(Fired fired)
    {
        if (_timers is null || !_timers.TryGetValue(fired.Key, out var current) || !ReferenceEquals(current, fired))
            return false;
        fired.Accept();
        if (!fired.IsPeriodic)
            Cancel(fired.Key);
        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var timer = new Fired(cell, key, message, interval != Timeout.InfiniteTimeSpan);
        (_timers ??= [])[key] = timer;
        timer.Start(cell.System.Options.TimeProvider, delay, interval);
    }

    /// <summary>A timer, which is also the message that it sends; at most one of it is queued.</summary>
    internal sealed class Fired(ActorCell cell, object key, object message, bool isPeriodic)
    {
        private ITimer? _timer;
        private int _isQueued;

        public object Key => key;

        public object Message => message;

        public bool IsPeriodic => isPeriodic;

        public void Start(TimeProvider clock, TimeSpan delay, TimeSpan interval) =>
            _timer = clock.CreateTimer(static state => ((Fired)state!).Fire(), this, delay, interval);

        public void Stop() => _timer?.Dispose();

        public void Accept() => Volatile.Write(ref _isQueued, 0);

        private void Fire()
        {
            if (Interlocked.Exchange(ref _isQueued, 1) == 0)
                cell.TellForced(this, cell);
        }
    }
}
