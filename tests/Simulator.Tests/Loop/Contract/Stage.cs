namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>A machine with a right clock and one process for scripts, and what they note down.</summary>
internal sealed class Stage
{
    private readonly List<object> _notes = [];

    public Stage(int seed = 1)
    {
        World = new World(new Seed((ulong)seed)) { MaxClockOffset = TimeSpan.Zero, MaxClockDrift = 0 };
        Machine = World.AddMachine();
        Machine.Start(_ => { });
    }

    public World World { get; }

    public SimulatedMachine Machine { get; }

    public TimeSpan Elapsed => World.Time.Elapsed;

    public static TimeSpan Second => TimeSpan.FromSeconds(1);

    public void Note(object note) => _notes.Add(note);

    /// <summary>What was noted since the last call, in order.</summary>
    public IReadOnlyList<object> Taken()
    {
        object[] taken = [.. _notes];
        _notes.Clear();
        return taken;
    }

    public IActorRef Start(Props props, string? name = null)
    {
        IActorRef actor = ActorRefs.Nobody;
        var process = Machine.Process!; // tests that crash it start another one before they go on
        process.Enter(() => actor = process.Actors.ActorOf(props, name));
        return actor;
    }

    public IActorRef Start(Action<Script, object> receive, Action<ScriptHooks>? hooks = null) =>
        Start(Script.Props(receive, hooks));

    /// <summary>Starts an actor on a machine of its own.</summary>
    public IActorRef StartElsewhere(Action<Script, object> receive) =>
        World.AddMachine().StartOne(Script.Props(receive));

    /// <summary>Starts an actor with one child.</summary>
    public IActorRef StartSupervised(SupervisorStrategy strategy, Props child)
    {
        IActorRef started = ActorRefs.Nobody;
        Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = strategy;
            hooks.OnPreStart = me => started = me.Ctx.ActorOf(child, "child");
        });
        Settle();
        return started;
    }

    /// <summary>Notes an actor's end.</summary>
    public void Watch(IActorRef subject)
    {
        var end = $"end of {subject.Path.Name}";
        Start((_, message) => Note(message), hooks => hooks.OnPreStart = me => me.Ctx.WatchWith(subject, end));
        Settle();
    }

    public void Tell(IActorRef actor, params object[] messages)
    {
        foreach (var message in messages)
            actor.Tell(message, ActorRefs.NoSender);
        Settle();
    }

    /// <summary>Lets everything happen that needs no time.</summary>
    public void Settle() => World.Loop.RunUntilIdle();

    public void Advance(int milliseconds) => World.RunFor(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Lets messages and timers come in while no actor of the machine runs; then all do.</summary>
    public void WhilePaused(Action action)
    {
        Machine.Pause();
        action();
        Machine.Resume();
        Settle();
    }
}
