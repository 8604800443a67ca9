namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor watched another one and did not handle its <see cref="Terminated"/>.</summary>
public sealed class DeathPactException : Exception
{
    /// <summary>Without a message.</summary>
    public DeathPactException()
    {
    }

    /// <summary>With the reason.</summary>
    public DeathPactException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public DeathPactException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the actor that died.</summary>
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    /// <summary>The actor that died; null if it is not known.</summary>
    public IActorRef? DeadActor { get; }
}
