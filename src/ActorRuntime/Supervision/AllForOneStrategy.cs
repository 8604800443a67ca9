namespace NuCypher.P2P.ActorRuntime;

/// <summary>Applies a restart or stop to all children when one fails.</summary>
public sealed class AllForOneStrategy : SupervisorStrategy
{
    /// <summary>With a limit of restarts in a time window.</summary>
    /// <param name="maxNrOfRetries">Restarts allowed; one more stops the children. Null or negative: no limit.</param>
    /// <param name="withinTimeRange">The window that the limit counts in; null: for ever.</param>
    /// <param name="localOnlyDecider">From the failure to the directive.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : base(maxNrOfRetries, withinTimeRange, localOnlyDecider)
    {
    }

    /// <summary>Without a limit of restarts.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider)
    {
    }

    internal override bool IsForAll => true;
}
