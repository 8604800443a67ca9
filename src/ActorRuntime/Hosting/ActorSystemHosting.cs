namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>What a host may do with a system beyond Akka's API.</summary>
public static class ActorSystemHosting
{
    /// <summary>What the system is built on.</summary>
    public static ActorSystemOptions GetOptions(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.Options;
    }

    /// <summary>How many messages reached nobody, those that a full mailbox refused included.</summary>
    public static long GetDeadLetterCount(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.DeadLetterCount;
    }

    /// <summary>How many messages a full mailbox refused.</summary>
    public static long GetDroppedMessageCount(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.DroppedMessageCount;
    }

    /// <summary>The machine is gone: no hook runs, no message is delivered, no timer fires. For simulations.</summary>
    public static void Crash(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        system.IsCrashed = true;
    }

    /// <summary>Cancelled when the running actor is to stop or restart; for asynchronous handlers, which should end then.</summary>
    public static CancellationToken GetStoppingToken(this IActorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ((ActorCell)context).AsyncHandlers.Stopping;
    }
}
