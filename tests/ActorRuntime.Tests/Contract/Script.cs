using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>An actor whose behaviour a test writes in place.</summary>
internal sealed class Script : UntypedActor, IWithStash, IWithTimers
{
    private readonly IActorContext _context = Context;
    private readonly Action<Script, object> _receive;
    private readonly ScriptHooks _hooks = new();

    private Script(Action<Script, object> receive, Action<ScriptHooks>? hooks)
    {
        _receive = receive;
        hooks?.Invoke(_hooks);
        _hooks.OnConstruct?.Invoke(this);
    }

    public IStash Stash { get; set; } = null!; // set by the runtime

    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime

    public IActorContext Ctx => _context;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    public CancellationToken Stopping => _context.GetStoppingToken();

    public int Count { get; set; }

    public static Props Props(Action<Script, object> receive, Action<ScriptHooks>? hooks = null) =>
        ActorRuntime.Props.Create(() => new Script(receive, hooks));

    public static void Await(Func<Task> handler) => RunTask(handler);

    public void Pass(object message) => Unhandled(message);

    public void Be(Action<object> receive) => Become(new UntypedReceive(receive));

    public void BeStacked(Action<object> receive) => BecomeStacked(new UntypedReceive(receive));

    public void Unbe() => UnbecomeStacked();

    protected override void OnReceive(object message) => _receive(this, message);

    protected override void PreStart() => _hooks.OnPreStart?.Invoke(this);

    protected override void PostStop() => _hooks.OnPostStop?.Invoke(this);

    protected override void PreRestart(Exception reason, object? message)
    {
        _hooks.OnPreRestart?.Invoke(this, reason, message);
        if (!_hooks.KeepsChildren)
            base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _hooks.OnPostRestart?.Invoke(this, reason);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => _hooks.Strategy ?? base.SupervisorStrategy();
}
