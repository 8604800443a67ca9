namespace NuCypher.P2P.ActorRuntime;

/// <summary>Ends a system in phases, in order; the tasks of a phase run together under its time limit.</summary>
/// <remarks>A task that fails or is late is logged and passed over: the next phase begins. The last phase terminates the system.</remarks>
public sealed class CoordinatedShutdown
{
    /// <summary>The first phase.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Stops accepting connections.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Waits for requests in progress.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Ends what is still connected.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Leaves the network.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>The last phase before the actors stop.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The actors stop.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Phases =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseClusterLeave,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly Lock _lock = new();
    private readonly List<(string Phase, string Name, Func<Task<Done>> Run)> _tasks = [];
    private readonly ActorSystem _system;
    private TaskCompletionSource<Done>? _run;

    internal CoordinatedShutdown(ActorSystem system) => _system = system;

    /// <summary>Why the system is shut down.</summary>
    public enum Reason
    {
        /// <summary>Nobody said.</summary>
        Unknown,

        /// <summary>The system was asked to terminate.</summary>
        ActorSystemTerminate,

        /// <summary>The process ends.</summary>
        ClrExit,
    }

    /// <summary>Why the shutdown runs; null while it does not.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>The shutdown of a system.</summary>
    public static CoordinatedShutdown Get(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.CoordinatedShutdown;
    }

    /// <summary>Adds a task to a phase.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!Phases.Contains(phase))
            throw new ArgumentException($"Unknown phase [{phase}], known phases: {string.Join(", ", Phases)}", nameof(phase));
        lock (_lock)
            _tasks.Add((phase, taskName, task));
    }

    /// <summary>Runs the phases; the second call waits for the first.</summary>
    public Task<Done> Run(Reason reason)
    {
        lock (_lock)
        {
            if (_run is not null)
                return _run.Task;
            ShutdownReason = reason;
            _run = new TaskCompletionSource<Done>(_system.Options.Dispatcher.PromiseOptions);
        }

        _system.Options.Dispatcher.Post(() => _ = RunPhases());
        return _run.Task;
    }

    private async Task RunPhases()
    {
        foreach (var phase in Phases)
            await Task.WhenAll(TasksOf(phase).Select(task => RunLimited(phase, task.Name, task.Run)));
        await RunLimited(PhaseActorSystemTerminate, "terminate", TerminateSystem);
        _run!.TrySetResult(Done.Instance);
    }

    private (string Phase, string Name, Func<Task<Done>> Run)[] TasksOf(string phase)
    {
        lock (_lock)
            return [.. _tasks.Where(task => task.Phase == phase)];
    }

    private async Task<Done> TerminateSystem()
    {
        await _system.Terminate();
        return Done.Instance;
    }

    private async Task RunLimited(string phase, string name, Func<Task<Done>> run)
    {
        try
        {
            var options = _system.Options;
            await run().WaitAsync(options.ShutdownPhaseTimeout, options.TimeProvider);
        }
#pragma warning disable CA1031 // A failing task must not keep the other phases from running.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _system.Log.Error(exception, "Shutdown task {0} of phase {1} did not end well: {2}", name, phase, exception.Message);
        }
    }
}
