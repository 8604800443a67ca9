using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>A hierarchy of actors: one per node, some two kilobytes, so that a process can hold thousands.</summary>
public sealed class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly ActorCell _guardian;
    private readonly TaskCompletionSource _terminated;
    private CoordinatedShutdown? _shutdown;
    private RecoveryPermits? _recoveryPermits;
    private volatile bool _isCrashed;
    private long _deadLetters;
    private long _dropped;
    private long _names;

    private ActorSystem(string name, ActorSystemOptions options)
    {
        (Name, Options) = (name, options);
        var root = new ActorPath(name);
        EventStream = new EventStream();
        DeadLetters = new DeadLetterRef(this, root / "deadLetters");
        Scheduler = new Scheduler(options.TimeProvider);
        _terminated = new TaskCompletionSource(options.Dispatcher.PromiseOptions);
        _guardian = new ActorCell(this, Guardian.PropsWith(options.GuardianStrategy), null, root / "user");
        _guardian.SendSystemMessage(new SystemMessage.Create());
    }

    /// <summary>The name of the system.</summary>
    public string Name { get; }

    /// <summary>The scheduler, on the system's clock.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>Where dead letters, unhandled messages and log events are published.</summary>
    public EventStream EventStream { get; }

    /// <summary>A reference that publishes what it is told as dead letters.</summary>
    public IActorRef DeadLetters { get; }

    /// <summary>The log of the system itself.</summary>
    public ILoggingAdapter Log => new LoggingAdapter(this, Name);

    /// <summary>Completes when every actor has stopped.</summary>
    public Task WhenTerminated => _terminated.Task;

    internal ActorSystemOptions Options { get; }

    internal bool IsCrashed
    {
        get => _isCrashed;
        set => _isCrashed = value;
    }

    internal long DeadLetterCount => Interlocked.Read(ref _deadLetters);

    internal long DroppedMessageCount => Interlocked.Read(ref _dropped);

    internal RecoveryPermits RecoveryPermits => LazyInitializer.EnsureInitialized(
        ref _recoveryPermits, () => new RecoveryPermits(Options.MaxConcurrentRecoveries));

    internal CoordinatedShutdown CoordinatedShutdown =>
        LazyInitializer.EnsureInitialized(ref _shutdown, () => new CoordinatedShutdown(this));

    /// <summary>A system on the thread pool and the system's clock, without a journal.</summary>
    public static ActorSystem Create(string name) => Create(name, ActorSystemOptions.Default);

    /// <summary>A system on what the options say.</summary>
    public static ActorSystem Create(string name, ActorSystemOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        return new ActorSystem(name, options);
    }

    /// <inheritdoc/>
    public IActorRef ActorOf(Props props, string? name = null) => _guardian.ActorOf(props, name);

    /// <summary>Stops an actor after its current message.</summary>
    public void Stop(IActorRef actor) => _guardian.Stop(actor);

    /// <summary>Stops all actors, children before parents.</summary>
    /// <returns>Completes when every actor has stopped.</returns>
    public Task Terminate()
    {
        _guardian.SendSystemMessage(new SystemMessage.Terminate());
        return WhenTerminated;
    }

    /// <summary>Begins to terminate, without waiting.</summary>
    public void Dispose() => _ = Terminate();

    internal string NextName() => $"${Interlocked.Increment(ref _names)}";

    internal void CompleteTermination() => Options.Dispatcher.Post(() => _terminated.TrySetResult());

    internal void CountDropped(in Envelope envelope, IActorRef recipient)
    {
        Interlocked.Increment(ref _dropped);
        PublishDeadLetter(envelope, recipient);
    }

    /// <summary>A dead letter that itself reached nobody is counted and not published again.</summary>
    internal void PublishDeadLetter(in Envelope envelope, IActorRef recipient)
    {
        Interlocked.Increment(ref _deadLetters);
        if (envelope.Message is not (DeadLetter or LogEvent) && EventStream.HasSubscribers)
            EventStream.Publish(new DeadLetter(envelope.Message, envelope.Sender, recipient));
    }

    internal void LogFailure(ActorPath path, Exception cause, Directive directive) =>
        new LoggingAdapter(this, path).Error(cause, "{0} failed ({1}): {2}", path, directive, cause.Message);

    private sealed class Guardian : UntypedActor
    {
        public static Props PropsWith(SupervisorStrategy strategy) =>
            Props.Create<Guardian>().WithSupervisorStrategy(strategy);

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class DeadLetterRef(ActorSystem system, ActorPath path) : IActorRef
    {
        public ActorPath Path => path;

        public void Tell(object message, IActorRef? sender) => system.PublishDeadLetter(new Envelope(message, sender), this);
    }
}
