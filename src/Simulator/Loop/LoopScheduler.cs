using Akka.Configuration;
using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Simulator;

/// <summary>Akka's scheduler over virtual time; made by Akka.</summary>
/// <remarks>
/// Clock and entries are those of the process whose turn it is: an entry is due by that machine's clock, and never if
/// it crashed.
/// </remarks>
internal sealed class LoopScheduler : DueTimeScheduler
{
    public LoopScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log) => Loop = LoopSystem.Starting;

    /// <summary>The world's loop.</summary>
    public DeterministicLoop Loop { get; }

    /// <summary>
    /// What is taken for the word to cancel an entry: itself, but where a test plants a bug to see whether it is found.
    /// </summary>
    public Func<ICancelable?, ICancelable?> Heed { get; set; } = static cancelable => cancelable;

    public override TimeSpan MonotonicClock => new(Clock.GetTimestamp());

    protected override DateTimeOffset TimeNow => Clock.GetUtcNow();

    protected override void Add(TimeSpan delay, Due due)
    {
        var process = Loop.Current;
        Loop.Time.Enqueue(process?.Clock.ToVirtual(delay) ?? delay, due, process);
    }

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        base.InternalScheduleOnce(delay, action, Heed(cancelable));

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        base.InternalScheduleTellOnce(delay, receiver, message, sender, Heed(cancelable));

    private TimeProvider Clock => Loop.Current?.Clock ?? (TimeProvider)Loop.Time;
}
