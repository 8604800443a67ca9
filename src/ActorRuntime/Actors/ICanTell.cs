namespace NuCypher.P2P.ActorRuntime;

/// <summary>Anything that accepts messages.</summary>
public interface ICanTell
{
    /// <summary>Enqueues a message: never blocks, never throws for a full or dead receiver, delivers at most once.</summary>
    /// <param name="message">An immutable object.</param>
    /// <param name="sender">Whom the receiver sees as its sender; null for nobody.</param>
    void Tell(object message, IActorRef? sender);
}
