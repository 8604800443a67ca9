using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace NuCypher.P2P.Actors.Mailboxes;

/// <summary>
/// A bounded mailbox that never makes a sender wait: what doesn't fit goes to the dead letters and is counted.
/// </summary>
/// <remarks>
/// Its size is <c>mailbox-capacity</c> in its block under <c>akka.actor.mailbox</c>. What strangers can't send comes in
/// any case: what Akka tells of lives, timers and the journal, and what the actor and its children tell it.
/// </remarks>
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

    /// <summary>Whether a message may be dropped if the receiver's mailbox is full.</summary>
    internal static bool IsDroppable(IActorRef receiver, Envelope envelope)
    {
        var assembly = envelope.Message.GetType().Assembly;
        var isAkkas = assembly == typeof(PoisonPill).Assembly || assembly == typeof(PersistentActor).Assembly;
        var isFamilys = envelope.Sender is { } sender
            && (sender.Equals(receiver) || receiver.Path.Equals(sender.Path.Parent));
        return !isAkkas && !isFamilys;
    }

    internal static void CountDropped() => Interlocked.Increment(ref _dropped);
}
