using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace NuCypher.P2P.Actors.Mailboxes;

/// <summary>A bounded mailbox that never makes a sender wait: what doesn't fit goes to the dead letters and is counted.</summary>
/// <remarks>Its size is <c>mailbox-capacity</c> in its block under <c>akka.actor.mailbox</c>.</remarks>
public sealed class DroppingMailbox : MailboxType, IProducesMessageQueue<DroppingMessages>
{
    private static long _dropped;

    private readonly int _capacity;

    /// <summary>Made by Akka.</summary>
    public DroppingMailbox(Settings settings, Config config)
        : base(settings, config) => _capacity = config.GetInt("mailbox-capacity");

    /// <summary>Messages that found any such mailbox of the process full, since its start.</summary>
    public static long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new DroppingMessages(_capacity);

    internal static void CountDropped() => Interlocked.Increment(ref _dropped);
}
