using System.Net.Security;
using Akka.Dispatch;
using NuCypher.P2P.Actors.Dispatching;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Hosting;

/// <summary>Everything that the actors of one node need: its keys, its ways to the network, its limits.</summary>
public sealed record NodeSetup
{
    /// <summary>The node's keys; must live as long as the actors.</summary>
    public required Identity Identity { get; init; }

    /// <summary>Sends and receives datagrams: a UDP socket or a simulated link.</summary>
    public required IActorRef Transport { get; init; }

    /// <summary>Runs Kademlia; where datagrams come from a socket, <see cref="InlineDispatcher"/>.</summary>
    public string KademliaDispatcher { get; init; } = Dispatchers.DefaultDispatcherId;

    /// <summary>Carries calls to other nodes' services: HTTPS or a simulated link.</summary>
    public required IActorRef Link { get; init; }

    /// <summary>
    /// What the node says about itself; null for a client: it serves and announces nothing, and is another to the swarm
    /// at each start.
    /// </summary>
    public NodeRecord? Record { get; init; }

    /// <summary>Secrets, nonces and seals are drawn from it.</summary>
    public required RandomSource Random { get; init; }

    /// <summary>
    /// Message ids and points of the id space are drawn from it, by several actors: on threads it must be thread-safe.
    /// </summary>
    public required Random Choice { get; init; }

    /// <summary>What the journal held before the start: Ursula's policies are found by it.</summary>
    public required IJournalCatalog Catalog { get; init; }

    /// <summary>Whether the journal is a copy of an older state: Ursula doubts what she finds in it.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Verifies the records of others.</summary>
    public SignatureVerifier Verifier { get; init; } = RecordSignatures.Verify;

    /// <summary>Shared by the nodes of one process; null for a node by itself.</summary>
    public Interner? Interner { get; init; }

    /// <summary>
    /// Who is believed to be a host that conditions ask; null: whom the system's authorities vouch for.
    /// </summary>
    public RemoteCertificateValidationCallback? TrustInHosts { get; init; }

    /// <summary>Every limit and time.</summary>
    public NodeOptions Options { get; init; } = new();
}
