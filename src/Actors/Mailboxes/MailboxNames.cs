namespace NuCypher.P2P.Actors.Mailboxes;

/// <summary>
/// The mailboxes that strangers can fill; each has a block of this name, with its size, in akka.hocon.
/// </summary>
internal static class MailboxNames
{
    /// <summary>Datagrams and requests for Kademlia.</summary>
    public const string Kademlia = "akka.actor.mailbox.kademlia";

    /// <summary>What comes through the front door.</summary>
    public const string Ursula = "akka.actor.mailbox.ursula";

    /// <summary>What Ursula passes on to one policy.</summary>
    public const string Policy = "akka.actor.mailbox.policy";

    /// <summary>Requests for the node's record.</summary>
    public const string Presence = "akka.actor.mailbox.presence";

    /// <summary>Datagrams to be sent.</summary>
    public const string Transport = "akka.actor.mailbox.transport";

    /// <summary>Control datagrams, and calls that come over UDP.</summary>
    public const string Mediation = "akka.actor.mailbox.mediation";
}
