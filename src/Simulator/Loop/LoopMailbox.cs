using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace NuCypher.P2P.Simulator;

/// <summary>Every mailbox of a world's actor system; made by Akka. Its size is <c>mailbox-capacity</c>.</summary>
internal sealed class LoopMailbox : MailboxType, IProducesMessageQueue<LoopQueue>
{
    private readonly int _capacity;

    public LoopMailbox(Settings settings, Config config)
        : base(settings, config) => _capacity = config.GetInt("mailbox-capacity");

    /// <summary>The messages belong to the process whose turn it is: an actor is made by its parent.</summary>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system)
    {
        var loop = ((LoopScheduler)system.Scheduler).Loop;
        return RecoveryPermits.IsFor(owner)
            ? new RecoveryPermits(loop, owner)
            : new LoopQueue(loop, loop.Current, _capacity);
    }
}
