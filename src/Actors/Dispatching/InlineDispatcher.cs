using Akka.Dispatch;

namespace NuCypher.P2P.Actors.Dispatching;

/// <summary>
/// Runs an actor on the pool, or at once on a thread that lends itself: the one that took a datagram off a socket.
/// </summary>
/// <remarks>
/// No other thread is woken for a datagram then. An actor never runs twice at once: that is the mailbox's business.
/// Only what is told by <see cref="TellHere"/> runs at once, and only one turn of it: what it tells others that run
/// here, and what is left after its turn, goes to the pool. So nothing nests, and one mailbox can't keep the thread.
/// </remarks>
public sealed class InlineDispatcher : MessageDispatcher
{
    /// <summary>The name under which <see cref="Hosting.NodeConfig"/> knows it.</summary>
    public const string Name = "akka.actor.inline-dispatcher";

    [ThreadStatic]
    private static bool _mayRunHere;

    internal InlineDispatcher(MessageDispatcherConfigurator configurator, int throughput)
        : base(configurator) => (Id, Throughput) = (Name, throughput);

    /// <summary>
    /// Tells an actor something without a sender; one of this dispatcher that is idle runs before this returns.
    /// </summary>
    public static void TellHere(IActorRef receiver, object message)
    {
        _mayRunHere = true;
        try
        {
            receiver.Tell(message, ActorRefs.NoSender);
        }
        finally
        {
            _mayRunHere = false;
        }
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run)
    {
        if (_mayRunHere)
        {
            _mayRunHere = false;
            run.Run();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static task => task.Run(), run, preferLocal: false);
        }
    }

    /// <inheritdoc/>
    protected override void Shutdown()
    {
    }
}
