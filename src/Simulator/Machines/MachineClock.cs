namespace NuCypher.P2P.Simulator;

/// <summary>A machine's clock that somebody can set: the wall clock jumps, timers and the monotonic clock do not.</summary>
internal sealed class MachineClock(TimeProvider drifting) : TimeProvider
{
    /// <summary>By how much it was set forward; negative: back.</summary>
    public TimeSpan Step { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => drifting.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => drifting.GetUtcNow() + Step;

    public override long GetTimestamp() => drifting.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        drifting.CreateTimer(callback, state, dueTime, period);
}
