using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Actors.Ursula;

namespace NuCypher.P2P.Actors.Hosting;

/// <summary>The actors of one node; the same ones in production and in a simulation.</summary>
/// <param name="Kademlia">Takes <see cref="KademliaRequest"/>s.</param>
/// <param name="Membership">Answers <see cref="WhenJoined"/>.</param>
/// <param name="Scout">Finds Ursulas.</param>
/// <param name="Ursula">Takes what comes through the front door; null for a client.</param>
/// <param name="Alice">Grants, renews, revokes, lists.</param>
/// <param name="Bob">Fetches maps and retrieves.</param>
public sealed record NodeActors(
    IActorRef Kademlia, IActorRef Membership, IActorRef Scout, IActorRef? Ursula, IActorRef Alice, IActorRef Bob)
{
    private static readonly TimeSpan MinBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(30);

    /// <summary>Starts all actors of a node; it begins to join at once.</summary>
    /// <param name="system">Its journal must know the events of <see cref="PolicySerializers"/>.</param>
    /// <param name="setup">Keys, ways to the network, limits.</param>
    public static NodeActors Start(ActorSystem system, NodeSetup setup)
    {
        var (identity, random, choice) = (setup.Identity, setup.Random, setup.Choice);
        var kademlia = system.ActorOf(Props.Create(() => new KademliaActor(
            identity.Id, setup.Kademlia, setup.Verifier, choice, setup.Transport, setup.Interner))
            .WithMailboxCapacity(setup.KademliaMailboxCapacity), "kademlia");
        var scout = system.ActorOf(Props.Create(() => new ScoutActor(setup.Scout, kademlia, choice)), "scout");
        var (presence, ursula) = StartUrsula(system, setup, kademlia);
        var peers = new SessionPeers(kademlia, scout, setup.Link);
        var alice = Props.Create(() => new AliceActor(identity, setup.Alice, random, peers));
        return new NodeActors(
            kademlia,
            system.ActorOf(Props.Create(() => new MembershipActor(setup.Membership, kademlia, presence)), "membership"),
            scout,
            ursula,
            system.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(alice, "alice", MinBackoff, MaxBackoff, 0.2, -1)), "alices"),
            system.ActorOf(Props.Create(() => new BobActor(identity, setup.Bob, random, peers)), "bob"));
    }

    private static (IActorRef? Presence, IActorRef? Ursula) StartUrsula(ActorSystem system, NodeSetup setup, IActorRef kademlia)
    {
        if (setup.Record is not { } record)
            return (null, null);
        var presence = system.ActorOf(Props.Create(() => new PresenceActor(
            setup.Presence, record, setup.Identity.Signer, setup.Random, kademlia)), "presence");
        var ursula = system.ActorOf(Props.Create(() => new UrsulaActor(
            setup.Identity.Proxy, setup.Ursula, setup.UrsulaActor, setup.Random, presence))
            .WithMailboxCapacity(setup.UrsulaMailboxCapacity), "ursula");
        return (presence, ursula);
    }
}
