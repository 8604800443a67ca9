namespace NuCypher.P2P.ActorRuntime;

/// <summary>A handle to an actor: the only way in.</summary>
public interface IActorRef : ICanTell
{
    /// <summary>Where the actor stands in its system's hierarchy.</summary>
    ActorPath Path { get; }
}
