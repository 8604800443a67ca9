using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>The limits of everything that a node does.</summary>
internal sealed record NucypherSettings
{
    /// <summary>Key <c>dht</c>: Kademlia.</summary>
    public KademliaOptions Dht { get; init; } = new();

    /// <summary>Key <c>ursula</c>: what an Ursula promises.</summary>
    public UrsulaOptions Ursula { get; init; } = new();

    /// <summary>Key <c>ursula-actor</c>: how she keeps policies in memory.</summary>
    public UrsulaActorOptions UrsulaActor { get; init; } = new();

    /// <summary>Key <c>alice</c>: Alice's patience.</summary>
    public AliceOptions Alice { get; init; } = new();

    /// <summary>Key <c>bob</c>: Bob's patience.</summary>
    public BobOptions Bob { get; init; } = new();

    /// <summary>Key <c>membership</c>: getting into the swarm and staying in it.</summary>
    public MembershipOptions Membership { get; init; } = new();

    /// <summary>Key <c>udp</c>: the swarm's socket.</summary>
    public UdpTransportOptions Udp { get; init; } = new();

    /// <summary>Key <c>presence</c>: the node's own record.</summary>
    public PresenceOptions Presence { get; init; } = new();

    /// <summary>Key <c>scout</c>: the search for Ursulas.</summary>
    public ScoutOptions Scout { get; init; } = new();

    /// <summary>Key <c>https</c>: the service.</summary>
    public HttpsOptions Https { get; init; } = new();

    /// <summary>Key <c>link</c>: calls to other nodes' services.</summary>
    public HttpsLinkOptions Link { get; init; } = new();

    /// <summary>Key <c>journal</c>: policies and grants.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>Key <c>keystore</c>: what a password costs.</summary>
    public KeystoreSettings Keystore { get; init; } = new();
}
