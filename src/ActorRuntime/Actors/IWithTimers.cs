namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor with timers; the runtime sets them after the constructor and cancels them at restart and stop.</summary>
public interface IWithTimers
{
    /// <summary>The timers.</summary>
    ITimerScheduler Timers { get; set; }
}
