using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Simulator;

/// <summary>What is simulated: how many nodes, how long, under which conditions, doing what. Immutable data.</summary>
public sealed record Scenario
{
    /// <summary>Its name, for people.</summary>
    public string Name { get; init; } = "steady";

    /// <summary>What replays it: the name under which it comes with the simulator, or a file.</summary>
    public string Source { get; init; } = "steady";

    /// <summary>Nodes that serve. Default 100.</summary>
    public int Nodes { get; init; } = 100;

    /// <summary>How long load and faults last. Default 1 hour.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// True for nodes without keys and Ursulas, which only route and store; then there can be no policies.
    /// </summary>
    public bool RoutersOnly { get; init; }

    /// <summary>Nodes that only ask, where Alices and Bobs sit; faults of machines spare them. Default 10.</summary>
    public int Clients { get; init; } = 10;

    /// <summary>Nodes that start in a second. Default 20.</summary>
    public int StartsPerSecond { get; init; } = 20;

    /// <summary>Between the last start and the first load. Default 30 s.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After the faults, before liveness is demanded. Default 10 minutes.</summary>
    public TimeSpan HealTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The furthest that a machine's clock is off at the beginning. Default 500 ms.</summary>
    public TimeSpan MaxClockOffset { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The fastest that a machine's clock drifts, in parts per million. Default 50.</summary>
    public int MaxClockDrift { get; init; } = 50;

    /// <summary>How the network treats what is sent.</summary>
    public NetworkConditions Network { get; init; } = NetworkConditions.Ordinary;

    /// <summary>What Alices and Bobs do.</summary>
    public PolicyLoad Policies { get; init; } = new();

    /// <summary>Searches in a minute, over all nodes. Default 60.</summary>
    public int LookupsPerMinute { get; init; } = 60;

    /// <summary>What goes wrong beside that.</summary>
    public FaultPlan Faults { get; init; } = new();

    /// <summary>Who means harm.</summary>
    public AdversaryPlan Adversaries { get; init; } = new();

    /// <summary>Which faults and adversaries of its file were left out, by their names there.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>How well disks work when nothing is wrong with them.</summary>
    public DiskConditions Disk { get; init; } = DiskConditions.Sound;

    /// <summary>What the run must show in the end.</summary>
    public Demands Demands { get; init; } = new();

    /// <summary>Limits of Kademlia; default production's.</summary>
    public KademliaOptions Kademlia { get; init; } = new() { RememberedLookups = 0 };

    /// <summary>What Ursulas promise; default production's.</summary>
    public UrsulaOptions Ursula { get; init; } = new();

    /// <summary>How they keep policies in memory; default production's.</summary>
    public UrsulaActorOptions UrsulaActor { get; init; } = new();

    /// <summary>Bugs that a test plants to see whether they are found.</summary>
    internal Plants Plants { get; init; } = Plants.None;
}
