using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Actors.Tests.Worlds;

/// <summary>A world with one machine, its clock right until somebody sets it: hours pass in milliseconds.</summary>
internal sealed class OneMachine
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);
    private readonly World _world;

    public OneMachine(ulong seed)
    {
        _world = new World(new Seed(seed)) { MaxClockOffset = TimeSpan.Zero, MaxClockDrift = 0 };
        Machine = _world.AddMachine();
        Machine.Start(_ => { });
    }

    public SimulatedMachine Machine { get; }

    public SimulatedDisk Disk => Machine.Disk;

    /// <summary>By the machine's clock.</summary>
    public DateTimeOffset Now => Machine.Clock.GetUtcNow();

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => _world.Time.Elapsed;

    /// <summary>Messages that found a mailbox full.</summary>
    public long Dropped => _world.Loop.Dropped;

    public EventStream EventStream => _world.Actors.System.EventStream;

    /// <summary>The manifests of all events on the disk whose persistence id begins so.</summary>
    public List<string> Manifests(string prefix) =>
        [.. from history in Disk.Durable.List(prefix, null, 100) from stored in history.Events select stored.Manifest];

    /// <summary>Starts an actor in the process that runs.</summary>
    /// <param name="props">Gets what the process sees of its journal.</param>
    /// <param name="name">Of no other in this process.</param>
    public IActorRef Start(Func<SimulatedProcess, Props> props, string? name = null)
    {
        IActorRef actor = ActorRefs.Nobody;
        var process = Machine.Process!; // none of these tests asks a machine that is down
        process.Enter(() => actor = process.Actors.ActorOf(props(process), name));
        return actor;
    }

    public IActorRef Start(Props props, string? name = null) => Start(_ => props, name);

    /// <summary>Cuts the power and starts a process without actors, after a while.</summary>
    public void Reboot(TimeSpan downtime)
    {
        Machine.Crash();
        RunFor(downtime);
        Machine.Start(_ => { });
    }

    public void RunFor(TimeSpan duration) => _world.RunFor(duration);

    /// <summary>Asks, and lets time pass until the answer is there; what is of another type is progress.</summary>
    public T Ask<T>(IActorRef target, object message) => Answer<T>(Begin<T>(target, message));

    /// <summary>Asks; nothing happens until time passes.</summary>
    public Task<object?> Begin<T>(IActorRef target, object message) =>
        _world.Loop.Ask(target, message, Limit, static answer => answer is T);

    /// <summary>Lets time pass until the answer is there.</summary>
    public T Answer<T>(Task<object?> answer) => Assert.IsAssignableFrom<T>(_world.Loop.RunUntil(answer, 2 * Limit));
}
