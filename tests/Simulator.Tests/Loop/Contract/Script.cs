namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>An actor whose behaviour a test writes in place.</summary>
internal sealed class Script : UntypedActor, IWithTimers, IDisposable
{
    private readonly Action<Script, object> _receive;
    private readonly ScriptHooks _hooks = new();

    internal Script(Action<Script, object> receive, Action<ScriptHooks>? hooks)
    {
        _receive = receive;
        hooks?.Invoke(_hooks);
        _hooks.OnConstruct?.Invoke(this);
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    public IActorContext Ctx { get; } = Context;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    /// <summary>Messages handled in this life, as far as the test counts them.</summary>
    public int Count { get; set; }

    public static Props Props(Action<Script, object> receive, Action<ScriptHooks>? hooks = null) =>
        ActorProps.Of(() => new Script(receive, hooks));

    public void Pass(object message) => Unhandled(message);

    public void Dispose() => _hooks.OnDispose?.Invoke();

    protected override void OnReceive(object message) => _receive(this, message);

    protected override void PreStart() => _hooks.OnPreStart?.Invoke(this);

    protected override void PostStop() => _hooks.OnPostStop?.Invoke(this);

    protected override void PreRestart(Exception reason, object message)
    {
        _hooks.OnPreRestart?.Invoke(reason, message);
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _hooks.OnPostRestart?.Invoke(reason);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => _hooks.Strategy ?? base.SupervisorStrategy();
}
