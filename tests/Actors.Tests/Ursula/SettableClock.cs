using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>A machine's clock that somebody sets; its timers don't mind.</summary>
internal sealed class SettableClock(VirtualTime time) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
