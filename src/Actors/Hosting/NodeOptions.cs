using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Facts;
using NuCypher.P2P.Actors.Reach;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Hosting;

/// <summary>Limits and times of a node's actors, by their keys in akka.hocon.</summary>
public record NodeOptions
{
    /// <summary>Key <c>nucypher.dht</c>: Kademlia.</summary>
    public KademliaOptions Dht { get; init; } = new();

    /// <summary>Key <c>nucypher.ursula</c>: what an Ursula promises.</summary>
    public UrsulaOptions Ursula { get; init; } = new();

    /// <summary>Key <c>nucypher.ursula-actor</c>: how she keeps policies in memory.</summary>
    public UrsulaActorOptions UrsulaActor { get; init; } = new();

    /// <summary>Key <c>nucypher.facts</c>: what she asks hosts for conditions.</summary>
    public FactOptions Facts { get; init; } = new();

    /// <summary>Key <c>nucypher.alice</c>: Alice's patience.</summary>
    public AliceOptions Alice { get; init; } = new();

    /// <summary>Key <c>nucypher.bob</c>: Bob's patience.</summary>
    public BobOptions Bob { get; init; } = new();

    /// <summary>Key <c>nucypher.membership</c>: getting into the swarm and staying in it.</summary>
    public MembershipOptions Membership { get; init; } = new();

    /// <summary>Key <c>nucypher.presence</c>: the node's own record.</summary>
    public PresenceOptions Presence { get; init; } = new();

    /// <summary>Key <c>nucypher.reach</c>: whether others can reach the node.</summary>
    public ReachOptions Reach { get; init; } = new();

    /// <summary>Key <c>nucypher.mediation</c>: nodes behind a NAT, and those who mediate for them.</summary>
    public MediationOptions Mediation { get; init; } = new();

    /// <summary>Key <c>nucypher.scout</c>: the search for Ursulas.</summary>
    public ScoutOptions Scout { get; init; } = new();
}
