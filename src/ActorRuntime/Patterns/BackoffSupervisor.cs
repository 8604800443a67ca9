namespace NuCypher.P2P.ActorRuntime;

/// <summary>Keeps one child alive: restarts it after a time that doubles with each failure. Its messages go to the child.</summary>
/// <remarks>While the child is down, messages wait in the stash; what the stash cannot hold, or what the child had not read when it failed, is a dead letter.</remarks>
public sealed class BackoffSupervisor : UntypedActor, IWithStash, IWithTimers
{
    private readonly BackoffOptions _options;
    private IActorRef? _child;
    private int _restarts;
    private bool _hasFailed;

    private BackoffSupervisor(BackoffOptions options) => _options = options;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!; // set by the runtime

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime

    /// <summary>Props of a supervisor.</summary>
    public static Props Props(BackoffOptions options) => ActorRuntime.Props.Create(() => new BackoffSupervisor(options));

    /// <inheritdoc/>
    protected override void PreStart() => StartChild();

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        _hasFailed = ActorRuntime.SupervisorStrategy.DefaultDecider(cause) == Directive.Restart;
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_child):
                OnChildStopped();
                break;
            case StartsAgain:
                StartChild();
                break;
            case StaysUp:
                _restarts = 0;
                break;
            case GetCurrentChild:
                Sender.Tell(new CurrentChild(_child ?? ActorRefs.Nobody));
                break;
            default:
                PassOn(message);
                break;
        }
    }

    private void PassOn(object message)
    {
        if (Sender.Equals(_child))
            Context.Parent.Forward(message);
        else if (_child is not null)
            _child.Forward(message);
        else
            Wait(message);
    }

    private void Wait(object message)
    {
        try
        {
            Stash.Stash();
        }
        catch (StashOverflowException)
        {
            Context.System.DeadLetters.Forward(message);
        }
    }

    private void StartChild()
    {
        _child = Context.Watch(Context.ActorOf(_options.ChildProps, _options.ChildName));
        _hasFailed = false;
        Timers.StartSingleTimer(typeof(StaysUp), new StaysUp(), _options.ResetBackoff);
        Stash.UnstashAll();
    }

    private void OnChildStopped()
    {
        _child = null;
        Timers.Cancel(typeof(StaysUp));
        var mayRestart = _hasFailed || _options.RestartsOnStop;
        if (mayRestart && (_options.MaxNrOfRetries < 0 || _restarts < _options.MaxNrOfRetries))
            Timers.StartSingleTimer(typeof(StartsAgain), new StartsAgain(), Delay(_restarts++));
        else
            Context.Stop(Self);
    }

    private TimeSpan Delay(int restarts)
    {
        var doubled = _options.MinBackoff * Math.Pow(2, Math.Min(restarts, 30));
        var jitter = 1 + (((ActorCell)Context).System.Options.Random.NextDouble() * _options.RandomFactor);
        return (doubled < _options.MaxBackoff ? doubled : _options.MaxBackoff) * jitter;
    }

    /// <summary>Asks for the child; the answer is <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        /// <summary>The only instance.</summary>
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    /// <summary>The child; <see cref="ActorRefs.Nobody"/> while it is down.</summary>
    /// <param name="Ref">The child.</param>
    public sealed record CurrentChild(IActorRef Ref);

    private sealed record StartsAgain;

    private sealed record StaysUp;
}
