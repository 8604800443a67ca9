using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>The limits of everything that a node does.</summary>
internal sealed record NucypherSettings
{
    /// <summary>Key <c>dht</c>: Kademlia.</summary>
    public KademliaOptions Dht { get; init; } = new();

    /// <summary>Key <c>ursula</c>: what an Ursula promises.</summary>
    public UrsulaOptions Ursula { get; init; } = new();

    /// <summary>Key <c>ursula-memory</c>: how she keeps policies in memory.</summary>
    public UrsulaActorOptions UrsulaMemory { get; init; } = new();

    /// <summary>Key <c>grant</c>: Alice's patience.</summary>
    public GrantOptions Grant { get; init; } = new();

    /// <summary>Key <c>retrieval</c>: Bob's patience.</summary>
    public RetrievalOptions Retrieval { get; init; } = new();

    /// <summary>Key <c>presence</c>: the node's own record.</summary>
    public PresenceOptions Presence { get; init; } = new();

    /// <summary>Key <c>scout</c>: the search for Ursulas.</summary>
    public ScoutOptions Scout { get; init; } = new();

    /// <summary>Key <c>https</c>: the service.</summary>
    public HttpsOptions Https { get; init; } = new();

    /// <summary>Key <c>link</c>: calls to other nodes' services.</summary>
    public HttpsLinkOptions Link { get; init; } = new();

    /// <summary>Key <c>journal</c>: the database.</summary>
    public SqliteJournalOptions Journal { get; init; } = new();

    /// <summary>Key <c>keystore</c>: what a password costs.</summary>
    public KeystoreSettings Keystore { get; init; } = new();
}
