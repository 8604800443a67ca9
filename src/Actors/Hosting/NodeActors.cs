using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Facts;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Reach;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Hosting;

/// <summary>The actors of one node; the same ones in production and in a simulation.</summary>
/// <param name="Kademlia">Takes <see cref="KademliaRequest"/>s.</param>
/// <param name="Membership">Answers <see cref="WhenJoined"/>.</param>
/// <param name="Scout">Finds Ursulas.</param>
/// <param name="Presence">Answers <see cref="GetPresence"/>; null for a client.</param>
/// <param name="Ursula">Takes what comes through the front door; null for a client.</param>
/// <param name="Alice">Grants, renews, revokes, lists.</param>
/// <param name="Bob">Fetches maps and retrieves.</param>
public sealed record NodeActors(
    IActorRef Kademlia, IActorRef Membership, IActorRef Scout, IActorRef? Presence, IActorRef? Ursula, IActorRef Alice,
    IActorRef Bob)
{
    private static readonly TimeSpan MinBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(3); // at work again soon after the disk is

    private static readonly Status.Failure AliceIsAway = new(new JournalException(
        "Alice's books can't be used at this moment",
        "Make room on the disk if it is full, and look into the node's log; then try again."));

    /// <summary>Starts all actors of a node; it begins to join at once.</summary>
    /// <param name="parent">Where they are made: an actor system, or a machine of a simulated world.</param>
    /// <param name="setup">Keys, ways to the network, limits.</param>
    public static NodeActors Start(IActorRefFactory parent, NodeSetup setup)
    {
        var (identity, options, random, choice) = (setup.Identity, setup.Options, setup.Random, setup.Choice);
        // nobody recognizes a client that comes again
        var self = setup.Record is null ? NodeId.Random(choice) : identity.Id;
        var kademlia = parent.ActorOf(ActorProps.Of(() => new KademliaActor(
            self, options.Dht, setup.Verifier, choice, setup.Transport, setup.Interner, options.Ursula.Clock))
            .WithMailbox(MailboxNames.Kademlia).WithDispatcher(setup.KademliaDispatcher), "kademlia");
        var scout = parent.ActorOf(ActorProps.Of(() => new ScoutActor(options.Scout, kademlia, choice, setup.Link)),
            "scout");
        var (presence, ursula) = StartUrsula(parent, setup, kademlia);
        var peers = new SessionPeers(kademlia, scout, setup.Link);
        var alice = ActorProps.Of(() => new AliceActor(identity, options.Alice, random, peers));
        var membership = parent.ActorOf(
            ActorProps.Of(() => new MembershipActor(options.Membership, kademlia, presence)), "membership");
        var alices = parent.ActorOf(BackoffSupervisor.Props(
            Backoff.OnStop(
                alice, "alice", MinBackoff, MaxBackoff, 0.2, -1).WithReplyWhileStopped(AliceIsAway)), "alices");
        var bob = parent.ActorOf(ActorProps.Of(() => new BobActor(identity, options.Bob, random, peers)), "bob");
        kademlia.Tell(new WatchSwarm(), membership);
        kademlia.Tell(new WatchSwarm(), alices);
        return new NodeActors(kademlia, membership, scout, presence, ursula, alices, bob);
    }

    private static (IActorRef? Presence, IActorRef? Ursula) StartUrsula(
        IActorRefFactory parent, NodeSetup setup, IActorRef kademlia)
    {
        if (setup.Record is not { } record)
            return (null, null);
        var (self, signer, random, link) = (setup.Identity.Id, setup.Identity.Signer, setup.Random, setup.Link);
        var options = setup.Options;
        var witness = parent.ActorOf(ActorProps.Of(() => new WitnessActor(options.Reach, self, signer, random, link)),
            "witness");
        var presence = parent.ActorOf(ActorProps.Of(() => new PresenceActor(
            options.Presence, options.Ursula.Clock, record, signer, random, kademlia, witness))
            .WithMailbox(MailboxNames.Presence), "presence");
        var facts = options.Ursula.FactHosts.Count == 0 ? ActorRefs.Nobody
            : parent.ActorOf(ActorProps.Of(() => new FactActor(options.Facts, setup.TrustInHosts)), "facts");
        var ursula = parent.ActorOf(ActorProps.Of(() => new UrsulaActor(
            setup.Identity.Proxy, options.Ursula, options.UrsulaActor, random, presence, setup.Catalog, facts,
            setup.IsCopy))
            .WithMailbox(MailboxNames.Ursula), "ursula");
        return (presence, ursula);
    }
}
