namespace NuCypher.P2P.ActorRuntime;

/// <summary>The scheduler over a clock.</summary>
internal sealed class Scheduler(TimeProvider clock) : IScheduler
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public TimeSpan MonotonicClock => clock.GetElapsedTime(0);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        new Entry(receiver, message, sender, cancelable).Start(clock, delay, Timeout.InfiniteTimeSpan);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        new Entry(receiver, message, sender, cancelable).Start(clock, initialDelay, interval);

    private sealed class Entry(ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
    {
        private ITimer? _timer;
        private CancellationTokenRegistration _registration;

        public void Start(TimeProvider clock, TimeSpan delay, TimeSpan interval)
        {
            if (cancelable is { IsCancellationRequested: true })
                return;
            var isOnce = interval == Timeout.InfiniteTimeSpan;
            _timer = clock.CreateTimer(static state => ((Entry)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (cancelable is not null)
                _registration = cancelable.Token.UnsafeRegister(static state => ((Entry)state!)._timer!.Dispose(), this);
            IsOnce = isOnce;
            _timer.Change(delay, interval);
        }

        private bool IsOnce { get; set; }

        private void Fire()
        {
            if (IsOnce)
                End();
            if (cancelable is not { IsCancellationRequested: true })
                receiver.Tell(message, sender);
        }

        private void End()
        {
            _registration.Unregister();
            _timer!.Dispose();
        }
    }
}
