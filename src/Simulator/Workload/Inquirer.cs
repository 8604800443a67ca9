namespace NuCypher.P2P.Simulator;

/// <summary>Asks the actors of nodes from outside, like a command line would; it survives them, and waits no longer than it said.</summary>
public sealed class Inquirer
{
    private readonly World _world;
    private readonly ActorSystem _system;

    /// <summary>Asks in a world, with a process of its own that no fault touches.</summary>
    public Inquirer(World world)
    {
        _world = world;
        _system = ActorSystem.Create("inquirer", new()
        {
            Dispatcher = world.Dispatcher,
            TimeProvider = world.Time,
            Random = world.Seed.Derive("inquirer").NewRandom(),
        });
    }

    /// <summary>Sends a message and waits for an answer of one of the expected types; others are progress and passed over.</summary>
    /// <returns>Null if nobody answered in time.</returns>
    public Task<object?> Ask(IActorRef target, object message, TimeSpan limit, params Type[] expected)
    {
        var promise = new TaskCompletionSource<object?>();
        _system.ActorOf(ActorProps.Of(() => new Inquiry(
            target, message, limit, expected, answer => _world.Dispatcher.Post(() => promise.TrySetResult(answer)))));
        return promise.Task;
    }

    /// <summary>Sends a message and waits for an answer of one type.</summary>
    public async Task<TAnswer?> Ask<TAnswer>(IActorRef target, object message, TimeSpan limit)
        where TAnswer : class => (TAnswer?)await Ask(target, message, limit, typeof(TAnswer));

    /// <summary>Waits in virtual time.</summary>
    public Task Delay(TimeSpan delay)
    {
        var promise = new TaskCompletionSource();
        _world.Time.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, promise.SetResult);
        return promise.Task;
    }

    private sealed class Inquiry : ReceiveActor, IWithTimers
    {
        private readonly Action _ask;
        private readonly TimeSpan _limit;

        public Inquiry(IActorRef target, object message, TimeSpan limit, Type[] expected, Action<object?> end)
        {
            (_ask, _limit) = (() => target.Tell(message), limit);
            Receive<TooLate>(_ => End(null, end));
            ReceiveAny(answer =>
            {
                if (Array.Exists(expected, type => type.IsInstanceOfType(answer)))
                    End(answer, end);
            });
        }

        public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

        protected override void PreStart()
        {
            Timers.StartSingleTimer("limit", new TooLate(), _limit);
            _ask();
        }

        private static void End(object? answer, Action<object?> end)
        {
            Context.Stop(Context.Self);
            end(answer);
        }

        private sealed record TooLate;
    }
}
