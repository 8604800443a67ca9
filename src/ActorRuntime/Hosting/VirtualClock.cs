namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>One machine's idea of virtual time: ahead or behind, fast or slow.</summary>
internal sealed class VirtualClock(VirtualTime time, TimeSpan offset, int driftPpm) : TimeProvider
{
    public const int Million = 1_000_000;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + offset + new TimeSpan(Gained);

    public override long GetTimestamp() => time.GetTimestamp() + Gained;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LocalTimer(this, time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private long Gained => (long)((Int128)time.GetTimestamp() * driftPpm / Million);

    /// <summary>Rounded up, so that this clock has reached the time when the timer fires.</summary>
    private TimeSpan ToVirtual(TimeSpan local) => local <= TimeSpan.Zero || driftPpm == 0
        ? local
        : new TimeSpan(1 + (long)((Int128)local.Ticks * Million / (Million + driftPpm)));

    private sealed class LocalTimer(VirtualClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            timer.Change(clock.ToVirtual(dueTime), clock.ToVirtual(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
