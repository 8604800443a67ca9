namespace NuCypher.P2P.ActorRuntime;

/// <summary>The sender of an ask: the first answer completes it, later ones are dead letters.</summary>
internal sealed class PromiseActorRef<T>(ActorSystem system) : IInternalActorRef
{
    private readonly TaskCompletionSource<T> _promise = new(system.Options.Dispatcher.PromiseOptions);
    private CancellationTokenRegistration _registration;
    private ITimer? _timer;
    private ICanTell? _target;
    private int _isDone;

    public ActorSystem System => system;

    public ActorPath Path => new ActorPath(system.Name) / "temp";

    public Task<T> Result => _promise.Task;

    public void Start(TimeSpan timeout, ICanTell target, CancellationToken cancellationToken)
    {
        _target = target;
        _registration = cancellationToken.UnsafeRegister(static state => ((PromiseActorRef<T>)state!).Cancel(), this);
        var timer = system.Options.TimeProvider.CreateTimer(
            static state => ((PromiseActorRef<T>)state!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
        _timer = timer;
        if (Volatile.Read(ref _isDone) != 0)
            timer.Dispose();
    }

    public void Tell(object message, IActorRef? sender)
    {
        if (!TryEnd(() => Complete(message)))
            system.PublishDeadLetter(new Envelope(message, sender), this);
    }

    public void SendSystemMessage(SystemMessage message)
    {
        if (message is SystemMessage.DeathNotification death)
            Tell(new Terminated(death.Actor), null);
        else if (message is SystemMessage.Watch watch)
            watch.Watcher.SendSystemMessage(new SystemMessage.DeathNotification(this));
    }

    private void TimeOut()
    {
        if (Volatile.Read(ref _isDone) == 0)
            TryEnd(() => _promise.TrySetException(new AskTimeoutException($"No answer from [{_target}] in time.")));
    }

    private void Cancel() => TryEnd(() => _promise.TrySetCanceled());

    private bool TryEnd(Action complete)
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0)
            return false;
        _timer?.Dispose();
        _registration.Unregister();
        if (_promise.Task.CreationOptions.HasFlag(TaskCreationOptions.RunContinuationsAsynchronously))
            complete();
        else
            system.Options.Dispatcher.Post(complete);
        return true;
    }

    private void Complete(object message)
    {
        if (system.IsCrashed)
            return;
        if (message is Status.Failure failure)
            _promise.TrySetException(failure.Cause);
        else if (message is T answer)
            _promise.TrySetResult(answer);
        else
            _promise.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
    }
}
