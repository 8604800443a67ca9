namespace NuCypher.P2P.ActorRuntime;

/// <summary>One actor at run time: what stays when its instance is replaced. Also its reference and its context.</summary>
internal sealed class ActorCell : IActorContext, IInternalActorRef
{
    [ThreadStatic]
    private static ActorCell? _running;

    private readonly Mailbox _mailbox;
    private Stack<Receive>? _behaviors;
    private DeathWatch? _deathWatch;
    private CellTimers? _timers;
    private Children? _children;
    private CellStash? _stash;
    private AsyncHandlers? _asyncHandlers;
    private Envelope _current;

    public ActorCell(ActorSystem system, Props props, ActorCell? parent, ActorPath path)
    {
        (System, Props, ParentCell, Path) = (system, props, parent, path);
        var options = system.Options;
        _mailbox = new Mailbox(this, options.Dispatcher, props.MailboxCapacity ?? options.MailboxCapacity);
        Lifecycle = new Lifecycle(this);
    }

    public static ActorCell? Current => _running;

    public ActorSystem System { get; }

    public Props Props { get; }

    public ActorPath Path { get; }

    public ActorCell? ParentCell { get; }

    public Lifecycle Lifecycle { get; }

    public Children Children => LazyInitializer.EnsureInitialized(ref _children, static () => new Children());

    public RestartCount Restarts => field ??= new RestartCount();

    public ActorBase? Actor { get; private set; }

    public IActorRef Self => this;

    public IActorRef Parent => (IActorRef?)ParentCell ?? ActorRefs.Nobody;

    public IActorRef Sender => _current.Sender ?? System.DeadLetters;

    /// <summary>The message that is being handled, with its sender.</summary>
    public Envelope Command => _current;

    public Receive? Behavior => _behaviors is { Count: > 0 } ? _behaviors.Peek() : null;

    public TimeSpan? ReceiveTimeout { get; private set; }

    public bool CanReceive => Lifecycle.IsRunning && !IsAwaiting && Holds == 0;

    /// <summary>True while an asynchronous handler has not ended.</summary>
    public bool IsAwaiting => _asyncHandlers is { IsRunning: true };

    /// <summary>While above zero the user mailbox is not read: recovery, or an event on its way to the journal.</summary>
    public int Holds { get; set; }

    public AsyncHandlers AsyncHandlers => _asyncHandlers ??= new AsyncHandlers(this);

    public DeathWatch DeathWatch => _deathWatch ??= new DeathWatch(this);

    public CellTimers Timers => _timers ??= new CellTimers(this);

    public CellStash Stash => _stash ??= new CellStash(this, Props.StashCapacity ?? System.Options.StashCapacity);

    public static ActorCell RequireCurrent() =>
        _running ?? throw new NotSupportedException("There is no actor running here: use this only inside of an actor's own turn.");

    public static ActorCell? Enter(ActorCell cell)
    {
        var outer = _running;
        _running = cell;
        return outer;
    }

    public static void Leave(ActorCell? outer) => _running = outer;

    public void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (System.IsCrashed)
            return;
        var envelope = new Envelope(message, sender);
        if (Lifecycle.IsClosed)
            System.PublishDeadLetter(envelope, this);
        else if (!_mailbox.TryPost(envelope, force: message is PoisonPill or Kill))
            System.CountDropped(envelope, this);
    }

    /// <summary>Enqueues a message of the runtime, which a full mailbox does not refuse; at most one per watch, timer or request.</summary>
    public void TellForced(object message, IActorRef? sender)
    {
        if (!System.IsCrashed && !Lifecycle.IsClosed)
            _mailbox.TryPost(new Envelope(message, sender), force: true);
    }

    public void SendSystemMessage(SystemMessage message)
    {
        if (!System.IsCrashed)
            _mailbox.PostSystem(message);
    }

    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        var child = Children.Add(name ?? System.NextName(), isGenerated: name is null, this, props);
        child.SendSystemMessage(new SystemMessage.Create());
        return child;
    }

    public IActorRef Child(string name) => (IActorRef?)Children.Find(name) ?? ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => Children.Snapshot();

    public void Stop(IActorRef child)
    {
        if (child is not IInternalActorRef target)
            throw new ArgumentException($"{child} cannot be stopped.", nameof(child));
        if (ReferenceEquals(child, this))
            Lifecycle.StopReceiving();
        else if (child is ActorCell cell && ReferenceEquals(cell.ParentCell, this))
            Children.MarkStopping(cell);
        target.SendSystemMessage(new SystemMessage.Terminate());
    }

    public IActorRef Watch(IActorRef subject) => DeathWatch.Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return DeathWatch.Watch(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject) => DeathWatch.Unwatch(subject);

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        ReceiveTimeout = timeout;
        RestartReceiveTimeout();
    }

    public void Become(Receive receive)
    {
        _behaviors = new Stack<Receive>();
        _behaviors.Push(receive);
    }

    public void BecomeStacked(Receive receive) => (_behaviors ??= new Stack<Receive>()).Push(receive);

    public void UnbecomeStacked()
    {
        if (_behaviors is { Count: > 0 })
            _behaviors.Pop();
    }

    public void RunTask(Func<Task> handler) => AsyncHandlers.Run(handler);

    /// <summary>Runs an action of the runtime in the actor's turn, unless another instance has taken its place.</summary>
    public void PostInvoke(ActorBase instance, Action action) => SendSystemMessage(new SystemMessage.Invoke(() =>
    {
        if (ReferenceEquals(Actor, instance))
            action();
    }));

    public void Prepend(IEnumerable<Envelope> envelopes) => _mailbox.Prepend(envelopes);

    public void StashCurrent(Queue<Envelope> stash) => stash.Enqueue(_current);

    /// <summary>Goes back to a message whose handler waited for a task or for the journal.</summary>
    public void GoBackTo(in Envelope command) => _current = command;

    public void Invoke(in Envelope envelope)
    {
        _current = envelope;
        try
        {
            Deliver(envelope.Message);
            if (CanReceive)
                _current = default; // an idle actor keeps no message alive
        }
#pragma warning disable CA1031 // Supervision: the parent decides what every exception means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Lifecycle.Fail(exception);
        }
    }

    public void Apply(SystemMessage message)
    {
        try
        {
            Lifecycle.Apply(message);
        }
#pragma warning disable CA1031 // Supervision: the parent decides what every exception means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Lifecycle.Fail(exception);
        }
    }

    /// <summary>A new instance, with nothing left of the old one but the mailbox and the children.</summary>
    public ActorBase CreateInstance()
    {
        _behaviors = null;
        Holds = 0;
        _current = default;
        var actor = Props.Factory();
        if (actor is IWithStash withStash)
            withStash.Stash = Stash;
        if (actor is IWithTimers withTimers)
            withTimers.Timers = System.Options.TimersOf(Timers);
        return Actor = actor;
    }

    /// <summary>Before a restart: no timer of the old instance fires, its stash comes back.</summary>
    public void ResetForRestart()
    {
        _timers?.CancelAll();
        ReceiveTimeout = null;
        _asyncHandlers?.Reset();
        _stash?.UnstashAll();
    }

    public void BeginStop()
    {
        _timers?.CancelAll();
        _asyncHandlers?.Cancel();
    }

    public void Dispose()
    {
        Actor = null;
        _timers?.CancelAll();
        _stash?.UnstashAll();
        DiscardMail();
        System.EventStream.Unsubscribe(this);
        _deathWatch?.Clear();
    }

    public void DiscardMail()
    {
        while (_mailbox.TryTake(out var envelope))
        {
            if (envelope.Message is not (PoisonPill or CellTimers.Fired or DeathWatch.Death))
                System.PublishDeadLetter(envelope, this);
        }
    }

    public override string ToString() => Path.ToString();

    private void Deliver(object message)
    {
        switch (message)
        {
            case PoisonPill:
                Stop(this);
                return;
            case Kill:
                throw new ActorKilledException();
            case CellTimers.Fired fired:
                if (!Timers.TryAccept(fired))
                    return;
                message = fired.Message;
                _current = _current with { Message = message };
                break;
            case DeathWatch.Death death:
                if (!DeathWatch.TryAccept(death))
                    return;
                message = death.Message;
                _current = _current with { Message = message };
                break;
        }

        if (ReceiveTimeout is not null && message is not INotInfluenceReceiveTimeout)
            RestartReceiveTimeout();
        Actor!.AroundReceive(message);
    }

    private void RestartReceiveTimeout()
    {
        if (ReceiveTimeout is { } timeout)
            Timers.StartSingleTimer(ActorRuntime.ReceiveTimeout.Instance, ActorRuntime.ReceiveTimeout.Instance, timeout);
        else
            _timers?.Cancel(ActorRuntime.ReceiveTimeout.Instance);
    }
}
