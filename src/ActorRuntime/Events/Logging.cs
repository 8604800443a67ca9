namespace NuCypher.P2P.ActorRuntime;

/// <summary>Makes logs.</summary>
public static class Logging
{
    /// <summary>The log of the running actor.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new LoggingAdapter(context.System, context.Self.Path);
    }

    /// <summary>A log of a system for another source.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj) => new LoggingAdapter(system, logSourceObj);
}
