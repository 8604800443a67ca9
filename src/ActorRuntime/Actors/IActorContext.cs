namespace NuCypher.P2P.ActorRuntime;

/// <summary>What an actor may ask of the runtime, while it handles a message or runs a hook.</summary>
public interface IActorContext : IActorRefFactory
{
    /// <summary>The actor itself.</summary>
    IActorRef Self { get; }

    /// <summary>Who sent the current message; dead letters if nobody did.</summary>
    IActorRef Sender { get; }

    /// <summary>The supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>The system that the actor lives in.</summary>
    ActorSystem System { get; }

    /// <summary>How the actor was made.</summary>
    Props Props { get; }

    /// <summary>The time without messages after which <see cref="ActorRuntime.ReceiveTimeout"/> arrives; null if not set.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>The child of that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    /// <summary>The living children, in the order of their creation.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Replaces the behaviour.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Goes back to the behaviour below; the original one stays.</summary>
    void UnbecomeStacked();

    /// <summary>Asks for <see cref="Terminated"/> once the subject has stopped, also if it already has.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Like <see cref="Watch"/>, but the given message arrives instead of <see cref="Terminated"/>.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>No <see cref="Terminated"/> of this subject arrives any more, not even one that is already queued.</summary>
    IActorRef Unwatch(IActorRef subject);

    /// <summary>Stops an actor after its current message; its queued messages become dead letters.</summary>
    void Stop(IActorRef child);

    /// <summary>Sends <see cref="ActorRuntime.ReceiveTimeout"/> whenever no message came for that time; null ends it.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);
}
