using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>What the nodes of a world have in common.</summary>
public sealed record NodeBlueprint
{
    /// <summary>The network that they are in.</summary>
    public required SimulatedNetwork Network { get; init; }

    /// <summary>The options of their actor systems.</summary>
    public required ActorSystemOptions System { get; init; }

    /// <summary>Where the node with a number joins.</summary>
    public required Func<int, IReadOnlyList<NodeAddress>> SeedsFor { get; init; }

    /// <summary>True for nodes that only ask.</summary>
    public bool IsClient { get; init; }

    /// <summary>Limits of Kademlia.</summary>
    public KademliaOptions Kademlia { get; init; } = new();

    /// <summary>How often they try to join.</summary>
    public MembershipOptions Membership { get; init; } = new();
}
