namespace NuCypher.P2P.ActorRuntime;

/// <summary>Start, failure, restart and stop of one cell, and its verdicts over its children. Runs in the cell's turn only.</summary>
internal sealed class Lifecycle(ActorCell cell)
{
    private Queue<Action>? _waitingInvokes;
    private Exception? _restartCause;
    private Exception? _restartAfterHandler;
    private ActorCell[] _survivors = [];
    private volatile bool _isClosed;
    private int _suspensions;
    private bool _isCreated;
    private bool _hasFailed;
    private bool _isStopRequested;
    private bool _isTerminating;

    /// <summary>True once the actor has stopped; readable from any thread.</summary>
    public bool IsClosed => _isClosed;

    public bool IsRunning => _isCreated && _suspensions == 0 && !_isStopRequested && !_isTerminating;

    /// <summary>No further message is handled: the actor asked to be stopped.</summary>
    public void StopReceiving() => _isStopRequested = true;

    public void Apply(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.RunTask run:
                cell.AsyncHandlers.Continue(run.Task);
                break;
            case SystemMessage.Watch watch when _isClosed:
                watch.Watcher.SendSystemMessage(new SystemMessage.DeathNotification(cell));
                break;
            case var _ when _isClosed:
                break;
            case SystemMessage.Create:
                Create();
                break;
            case SystemMessage.Invoke invoke:
                Invoke(invoke.Action);
                break;
            case SystemMessage.Terminate:
                Terminate();
                break;
            default:
                ApplyFromOthers(message);
                break;
        }
    }

    /// <summary>Suspends the actor and its children, and asks the supervisor.</summary>
    public void Fail(Exception cause)
    {
        if (_isTerminating || _isClosed || _hasFailed)
            return;
        _hasFailed = true;
        Suspend();
        if (cell.ParentCell is { } parent)
            parent.SendSystemMessage(new SystemMessage.Failed(cell, cause));
        else
            cell.SendSystemMessage(new SystemMessage.Terminate());
    }

    /// <summary>The last asynchronous handler has ended: what waited for it happens now.</summary>
    public void AfterAsyncHandlers()
    {
        if (_isStopRequested)
        {
            Terminate();
        }
        else if (_restartAfterHandler is { } cause)
        {
            _restartAfterHandler = null;
            Recreate(cause);
        }
    }

    private void ApplyFromOthers(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Watch watch:
                cell.DeathWatch.AddWatcher(watch.Watcher);
                break;
            case SystemMessage.Unwatch unwatch:
                cell.DeathWatch.RemoveWatcher(unwatch.Watcher);
                break;
            case SystemMessage.DeathNotification death:
                OnDeath(death.Actor);
                break;
            case SystemMessage.Failed failed when cell.Children.Contains(failed.Child):
                Supervise(failed.Child, failed.Cause);
                break;
            case SystemMessage.Suspend:
                Suspend();
                break;
            case SystemMessage.Resume:
                Resume();
                break;
            case SystemMessage.Recreate recreate:
                Recreate(recreate.Cause);
                break;
        }
    }

    private void Create()
    {
        _isCreated = true;
        try
        {
            cell.CreateInstance().AroundPreStart();
        }
#pragma warning disable CA1031 // Supervision: the parent decides what every exception means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(StartFailure(exception));
        }
    }

    private ActorInitializationException StartFailure(Exception cause) =>
        cause as ActorInitializationException
        ?? new ActorInitializationException($"{cell.Path}: exception during creation: {cause.Message}", cause);

    private void Invoke(Action action)
    {
        if (_isTerminating)
            return;
        if (_suspensions > 0)
            (_waitingInvokes ??= new Queue<Action>()).Enqueue(action);
        else
            action();
    }

    private void Suspend()
    {
        _suspensions++;
        cell.Children.SendAll(static () => new SystemMessage.Suspend());
    }

    private void Resume()
    {
        Unsuspend();
        cell.Children.SendAll(static () => new SystemMessage.Resume());
        while (_suspensions == 0 && _waitingInvokes is not null && _waitingInvokes.TryDequeue(out var action))
            Guard(action);
    }

    private void Unsuspend()
    {
        _hasFailed = false;
        _suspensions = Math.Max(0, _suspensions - 1);
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // Supervision: the parent decides what every exception means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    private void Supervise(ActorCell child, Exception cause)
    {
        var strategy = cell.Props.SupervisorStrategy ?? cell.Actor?.StrategyForChildren() ?? SupervisorStrategy.DefaultStrategy;
        var directive = strategy.Decide(cause, child.Restarts, cell.System.Options.TimeProvider);
        cell.System.LogFailure(child.Path, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                child.SendSystemMessage(new SystemMessage.Resume());
                break;
            case Directive.Restart:
                RestartChildren(child, cause, strategy.IsForAll);
                break;
            case Directive.Stop:
                StopChildren(child, strategy.IsForAll);
                break;
            default:
                Fail(cause);
                break;
        }
    }

    private void RestartChildren(ActorCell failed, Exception cause, bool all)
    {
        foreach (var child in all ? cell.Children.Snapshot() : [failed])
        {
            if (!ReferenceEquals(child, failed))
                child.SendSystemMessage(new SystemMessage.Suspend());
            child.SendSystemMessage(new SystemMessage.Recreate(cause));
        }
    }

    private void StopChildren(ActorCell failed, bool all)
    {
        foreach (var child in all ? cell.Children.Snapshot() : [failed])
            cell.Stop(child);
    }

    private void Recreate(Exception cause)
    {
        if (_isTerminating || _isStopRequested)
            return;
        if (cell.IsAwaiting)
        {
            _restartAfterHandler = cause;
            cell.AsyncHandlers.Cancel();
            return;
        }

        var message = cell.Command.Message;
        cell.ResetForRestart();
        _waitingInvokes = null;
        GuardHook(() => cell.Actor?.AroundPreRestart(cause, message));
        _survivors = [.. cell.Children.Snapshot()];
        _restartCause = cause;
        if (!cell.Children.AnyStopping)
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        _restartCause = null;
        var survivors = Array.FindAll(_survivors, cell.Children.Contains);
        _survivors = [];
        try
        {
            cell.CreateInstance().AroundPostRestart(cause);
            Unsuspend();
        }
#pragma warning disable CA1031 // Supervision: the parent decides what every exception means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Unsuspend();
            Fail(StartFailure(exception));
        }

        foreach (var child in survivors)
            child.SendSystemMessage(new SystemMessage.Recreate(cause));
    }

    private void Terminate()
    {
        if (_isTerminating)
            return;
        _isStopRequested = true;
        cell.BeginStop();
        if (cell.IsAwaiting)
            return;
        _isTerminating = true;
        _restartCause = null;
        cell.Children.Seal();
        cell.Children.SendAll(static () => new SystemMessage.Terminate());
        if (cell.Children.IsEmpty)
            FinishTerminate();
    }

    private void FinishTerminate()
    {
        GuardHook(() => cell.Actor?.AroundPostStop());
        _isClosed = true;
        var watchers = cell.DeathWatch.TakeWatchers();
        cell.Dispose();
        foreach (var watcher in watchers)
            watcher.SendSystemMessage(new SystemMessage.DeathNotification(cell));
        if (cell.ParentCell is not { } parent)
            cell.System.CompleteTermination();
        else if (!watchers.Contains(parent))
            parent.SendSystemMessage(new SystemMessage.DeathNotification(cell));
    }

    /// <summary>Runs a hook of an instance that goes away: its failure is logged and changes nothing.</summary>
    private void GuardHook(Action hook)
    {
        try
        {
            hook();
        }
#pragma warning disable CA1031 // Supervision: a failing PreRestart or PostStop must not keep the actor from ending.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cell.System.LogFailure(cell.Path, exception, _isTerminating ? Directive.Stop : Directive.Restart);
        }
    }

    private void OnDeath(IInternalActorRef actor)
    {
        if (actor is ActorCell child && cell.Children.Contains(child))
        {
            cell.Children.Remove(child);
            if (_isTerminating && cell.Children.IsEmpty)
            {
                FinishTerminate();
                return;
            }
        }

        cell.DeathWatch.OnDeath(actor);
        if (_restartCause is { } cause && !cell.Children.AnyStopping)
            FinishRecreate(cause);
    }
}
