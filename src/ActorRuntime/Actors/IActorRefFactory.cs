namespace NuCypher.P2P.ActorRuntime;

/// <summary>What can have children: an actor system or an actor.</summary>
public interface IActorRefFactory
{
    /// <summary>Starts an actor as a child.</summary>
    /// <param name="props">How to make it.</param>
    /// <param name="name">Unique among its siblings until the actor has terminated; null for a generated name.</param>
    /// <exception cref="InvalidActorNameException">The name is taken or malformed.</exception>
    /// <exception cref="InvalidOperationException">The parent is terminating.</exception>
    IActorRef ActorOf(Props props, string? name = null);
}
