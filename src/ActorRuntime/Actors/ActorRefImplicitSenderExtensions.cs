namespace NuCypher.P2P.ActorRuntime;

/// <summary>Tells that take the sender from the actor which is running.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Tells a message; inside an actor the sender is that actor, elsewhere nobody.</summary>
    public static void Tell(this IActorRef receiver, object message)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        receiver.Tell(message, ActorCell.Current);
    }

    /// <summary>Passes a message on; the receiver sees the original sender.</summary>
    /// <exception cref="NotSupportedException">Called outside an actor.</exception>
    public static void Forward(this IActorRef receiver, object message)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        receiver.Tell(message, ActorCell.RequireCurrent().Sender);
    }
}
