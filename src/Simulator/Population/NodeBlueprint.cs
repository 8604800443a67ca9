using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Simulator;

/// <summary>What the nodes of a world have in common.</summary>
public sealed record NodeBlueprint
{
    /// <summary>The network that they are in.</summary>
    public required SimulatedNetwork Network { get; init; }

    /// <summary>Where the node with a number joins.</summary>
    public required Func<int, IReadOnlyList<NodeAddress>> SeedsFor { get; init; }

    /// <summary>What is put before a node's door: a witness, or a cheat.</summary>
    public Func<SimulatedNode, IServiceDoor, IServiceDoor> Guard { get; init; } = (_, door) => door;

    /// <summary>What a node says about itself, when this would be the truth.</summary>
    public Func<SimulatedNode, NodeRecord, NodeRecord> Describe { get; init; } = (_, record) => record;

    /// <summary>Called when a node's actors run.</summary>
    public Action<SimulatedProcess> Booted { get; init; } = _ => { };

    /// <summary>Called when a node has lost power.</summary>
    public Action<SimulatedNode> Crashed { get; init; } = _ => { };

    /// <summary>True for nodes that only ask.</summary>
    public bool IsClient { get; init; }

    /// <summary>Every limit and time.</summary>
    public NodeOptions Options { get; init; } = new();

    /// <summary>Verifies the records of others; one memory for all nodes of a blueprint.</summary>
    public SignatureVerifier Verifier { get; init; } = new SignatureMemory().Verify;

    /// <summary>What they know alike is kept once for all nodes of a blueprint.</summary>
    public Interner Interner { get; init; } = new();

    /// <summary>Bugs that a test plants.</summary>
    internal Plants Plants { get; init; } = Plants.None;
}
