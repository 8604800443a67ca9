namespace NuCypher.P2P.ActorRuntime;

/// <summary>Well-known references.</summary>
public static class ActorRefs
{
    /// <summary>A reference that swallows what it is told.</summary>
    public static readonly IActorRef Nobody = new NobodyRef();

    /// <summary>The sender of a message that nobody needs to answer: null.</summary>
    public static readonly IActorRef? NoSender;

    private sealed class NobodyRef : IActorRef
    {
        public ActorPath Path { get; } = new ActorPath("all-systems") / "nobody";

        public void Tell(object message, IActorRef? sender)
        {
        }
    }
}
