using System.Net;
using System.Security.Cryptography.X509Certificates;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>What a node in this process is to be.</summary>
internal sealed record NodeStart
{
    /// <summary>The node's keys; disposed by their owner after the node has stopped.</summary>
    public required Identity Identity { get; init; }

    /// <summary>Every limit.</summary>
    public required NodeSettings Settings { get; init; }

    /// <summary>Where the node says what it does.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>Where policies and grants are kept; closed when the node stops.</summary>
    public required NodeJournal Journal { get; init; }

    /// <summary>Where to listen for the swarm; port 0 lets the system choose. A client speaks IPv4 and IPv6.</summary>
    public NodeAddress Udp { get; init; } = new(IPAddress.IPv6Any, 0);

    /// <summary>The TLS certificate; null for a client, which serves nobody.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Where to serve; not looked at for a client.</summary>
    public IPEndPoint Https { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The host that others reach this node by; null: the address that it listens on.</summary>
    public string? PublicHost { get; init; }

    /// <summary>Nodes to join through.</summary>
    public IReadOnlyList<NodeAddress> Seeds { get; init; } = [];

    /// <summary>Records that the node kept for others before it stopped.</summary>
    public IReadOnlyList<HeldRecord> Records { get; init; } = [];

    /// <summary>
    /// Whether the node is behind a NAT: it is no place in the swarm's tables, and is called over UDP by those whom
    /// mediators introduce.
    /// </summary>
    public bool IsGuest { get; init; }

    /// <summary>Whether the node serves nobody.</summary>
    public bool IsClient => Certificate is null;
}
