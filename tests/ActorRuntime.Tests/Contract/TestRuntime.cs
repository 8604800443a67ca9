using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>An actor system whose clock and progress a test controls, whatever its dispatcher.</summary>
internal abstract class TestRuntime : IDisposable
{
    protected TestRuntime(ActorSystemOptions options)
    {
        Options = options with { Journal = options.Journal ?? Journal, Serializers = TestSerializers.Create() };
        System = ActorSystem.Create("test", Options);
    }

    public ActorSystem System { get; }

    public ActorSystemOptions Options { get; }

    public InMemoryJournal Journal { get; } = new();

    public Probe CreateProbe(ActorSystem? system = null) => Probe.Create(this, system ?? System);

    public IActorRef Start(Action<Script, object> receive, Action<ScriptHooks>? hooks = null, string? name = null) =>
        System.ActorOf(Script.Props(receive, hooks), name);

    /// <summary>Lets actors run until a condition holds; fails if it never does.</summary>
    public abstract void WaitUntil(Func<bool> condition, string what);

    /// <summary>Lets actors run until nothing is left to do at this time.</summary>
    public abstract void Settle();

    /// <summary>Lets time pass, and actors run.</summary>
    public abstract void Advance(TimeSpan duration);

    public void Advance(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    public void WaitFor(Task task)
    {
        WaitUntil(() => task.IsCompleted, "the end of a task");
        task.GetAwaiter().GetResult();
    }

    public T WaitFor<T>(Task<T> task)
    {
        WaitFor((Task)task);
        return task.GetAwaiter().GetResult();
    }

    public virtual void Dispose() => System.Dispose();
}
