namespace NuCypher.P2P.ActorRuntime;

/// <summary>How a supervisor decides about failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Restarts without limit, except what <see cref="DefaultDecider"/> stops.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops every child that fails.</summary>
    public static readonly SupervisorStrategy StoppingStrategy = new OneForOneStrategy(static _ => Directive.Stop);

    private readonly Func<Exception, Directive> _decider;
    private readonly int _maxRestarts;
    private readonly TimeSpan _window;

    private protected SupervisorStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> decider)
    {
        _maxRestarts = maxNrOfRetries ?? -1;
        _window = withinTimeRange ?? Timeout.InfiniteTimeSpan;
        _decider = decider;
    }

    /// <summary>True if what befalls one child befalls all.</summary>
    internal abstract bool IsForAll { get; }

    /// <summary>Restarts, except that a failed start, a kill and a broken death pact stop the child.</summary>
    public static Directive DefaultDecider(Exception cause) =>
        cause is ActorInitializationException or ActorKilledException or DeathPactException
            ? Directive.Stop
            : Directive.Restart;

    /// <summary>The directive, after counting restarts against the limit.</summary>
    internal Directive Decide(Exception cause, RestartCount restarts, TimeProvider clock)
    {
        var directive = _decider(cause);
        var exhausted = directive == Directive.Restart
            && _maxRestarts >= 0
            && restarts.Increment(_window, clock) > _maxRestarts;
        return exhausted ? Directive.Stop : directive;
    }
}
