namespace NuCypher.P2P.Simulator;

/// <summary>One machine's idea of virtual time: ahead or behind, fast or slow, and somebody can set it.</summary>
public sealed class VirtualClock : TimeProvider
{
    internal const int Million = 1_000_000;

    private readonly VirtualTime _time;
    private readonly int _driftPpm;
    private TimeSpan _offset;

    internal VirtualClock(VirtualTime time, TimeSpan offset, int driftPpm) =>
        (_time, _offset, _driftPpm) = (time, offset, driftPpm);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + _offset + new TimeSpan(Gained);

    /// <inheritdoc/>
    public override long GetTimestamp() => _time.GetTimestamp() + Gained;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LocalTimer(
            this, _time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets it: the wall clock jumps, timers and the monotonic clock do not.</summary>
    /// <param name="step">Forward by so much; negative: back.</param>
    internal void Step(TimeSpan step) => _offset += step;

    /// <summary>Rounded up, so that this clock has reached the time when the timer fires.</summary>
    internal TimeSpan ToVirtual(TimeSpan local) => local <= TimeSpan.Zero || _driftPpm == 0
        ? local
        : new TimeSpan(1 + Scale(local.Ticks, Million, Million + _driftPpm));

    private long Gained => Scale(_time.GetTimestamp(), _driftPpm, Million);

    /// <summary>Times one number, by the other, without an overflow on the way: wholes and rest apart.</summary>
    private static long Scale(long ticks, long times, long by) => (ticks / by * times) + (ticks % by * times / by);

    private sealed class LocalTimer(VirtualClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            timer.Change(clock.ToVirtual(dueTime), clock.ToVirtual(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
