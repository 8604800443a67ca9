namespace NuCypher.P2P.ActorRuntime;

/// <summary>Applies the directive to the child that failed.</summary>
public sealed class OneForOneStrategy : SupervisorStrategy
{
    /// <summary>With a limit of restarts in a time window.</summary>
    /// <param name="maxNrOfRetries">Restarts allowed; one more stops the child. Null or negative: no limit.</param>
    /// <param name="withinTimeRange">The window that the limit counts in; null: for ever.</param>
    /// <param name="localOnlyDecider">From the failure to the directive.</param>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : base(maxNrOfRetries, withinTimeRange, localOnlyDecider)
    {
    }

    /// <summary>Without a limit of restarts.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider)
    {
    }

    internal override bool IsForAll => false;
}
