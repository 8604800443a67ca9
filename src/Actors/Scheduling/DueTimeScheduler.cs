using Akka.Configuration;
using Akka.Dispatch;

namespace NuCypher.P2P.Actors.Scheduling;

/// <summary>
/// Akka's scheduler over due times: what is scheduled becomes one entry, and subclasses say how time passes.
/// </summary>
/// <remarks>
/// Any delay, from zero on, and as many entries as memory holds. A repeated entry comes again an interval after it was
/// due.
/// </remarks>
public abstract class DueTimeScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    /// <summary>Made by Akka, with nothing but its configuration.</summary>
    protected DueTimeScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
    }

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <summary>Takes an entry that is to fire after a delay; not called for one that is cancelled already.</summary>
    /// <param name="delay">Not negative.</param>
    /// <param name="due">What to fire.</param>
    protected abstract void Add(TimeSpan delay, Due due);

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Enqueue(delay, new DueTell(this, TimeSpan.Zero, cancelable, receiver, message, sender));

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Enqueue(initialDelay, new DueTell(this, interval, cancelable, receiver, message, sender));

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Enqueue(delay, new DueAction(this, TimeSpan.Zero, cancelable, action));

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Enqueue(delay, new DueAction(this, TimeSpan.Zero, cancelable, action.Run));

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Enqueue(initialDelay, new DueAction(this, interval, cancelable, action));

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Enqueue(initialDelay, new DueAction(this, interval, cancelable, action.Run));

    private void Enqueue(TimeSpan delay, Due due)
    {
        if (!due.IsCancelled)
            Add(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, due);
    }

    /// <summary>Something scheduled. It can be called off without telling the scheduler.</summary>
    protected internal abstract class Due
    {
        private readonly DueTimeScheduler _scheduler;
        private readonly TimeSpan _interval;
        private readonly ICancelable? _cancelable;

        private protected Due(DueTimeScheduler scheduler, TimeSpan interval, ICancelable? cancelable) =>
            (_scheduler, _interval, _cancelable) = (scheduler, interval, cancelable);

        /// <summary>Whether it must not fire any more.</summary>
        public bool IsCancelled => _cancelable is { IsCancellationRequested: true };

        /// <summary>Acts, unless it was cancelled; a repeated one is scheduled again before.</summary>
        public void Fire()
        {
            if (IsCancelled)
                return;
            if (_interval > TimeSpan.Zero)
                _scheduler.Add(_interval, this);
            Act();
        }

        private protected abstract void Act();
    }

    private sealed class DueTell(
        DueTimeScheduler scheduler, TimeSpan interval, ICancelable? cancelable, ICanTell receiver, object message,
        IActorRef sender)
        : Due(scheduler, interval, cancelable)
    {
        private protected override void Act() => receiver.Tell(message, sender);
    }

    private sealed class DueAction(
        DueTimeScheduler scheduler, TimeSpan interval, ICancelable? cancelable, Action action)
        : Due(scheduler, interval, cancelable)
    {
        private protected override void Act() => action();
    }
}
