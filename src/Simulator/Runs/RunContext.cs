using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// What the parts of a run share: its world and who lives there, its phases, and where they tell what they saw.
/// </summary>
public sealed class RunContext
{
    private const int MaxViolations = 20;

    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<SimulatedNode> _clients = [];
    private readonly List<Task> _work = [];

    internal RunContext(Scenario scenario, ulong seed, World world)
    {
        (Scenario, Seed, World, Inquirer) = (scenario, seed, world, new Inquirer(world));
        Recorder = new Recorder(this);
    }

    /// <summary>What is simulated.</summary>
    public Scenario Scenario { get; }

    /// <summary>The seed, which replays the run.</summary>
    public ulong Seed { get; }

    /// <summary>Where it happens.</summary>
    public World World { get; }

    /// <summary>The nodes that serve.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    /// <summary>The nodes that only ask.</summary>
    public IReadOnlyList<SimulatedNode> Clients => _clients;

    /// <summary>Asks nodes from outside.</summary>
    public Inquirer Inquirer { get; }

    /// <summary>What happened, counted.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Everything that must never happen and did, in order.</summary>
    public IList<Violation> Violations { get; } = [];

    /// <summary>True while faults may strike.</summary>
    public bool HasFaults { get; internal set; }

    /// <summary>When the load begins, since the beginning.</summary>
    public TimeSpan LoadStart =>
        new(TimeSpan.TicksPerSecond * (_nodes.Count + _clients.Count) / Scenario.StartsPerSecond
            + Scenario.SettleTime.Ticks);

    /// <summary>When load and faults end.</summary>
    public TimeSpan LoadEnd => LoadStart + Scenario.Duration;

    /// <summary>When the run ends.</summary>
    public TimeSpan End => LoadEnd + Scenario.HealTime;

    /// <summary>The time that has passed.</summary>
    public TimeSpan Elapsed => World.Time.Elapsed;

    /// <summary>Measures on the way.</summary>
    internal Recorder Recorder { get; }

    /// <summary>Notes that something happened that must never happen.</summary>
    public void Report(string invariant, string detail)
    {
        if (Violations.Count < MaxViolations)
            Violations.Add(new Violation(invariant, Elapsed, detail));
    }

    /// <summary>Takes a node into the population.</summary>
    internal void Add(SimulatedNode node) => (node.IsClient ? _clients : _nodes).Add(node);

    /// <summary>Takes care of work that goes on beside everything else.</summary>
    internal void Add(Task work) => _work.Add(work);

    /// <summary>Work is asynchronous code on the loop; what it throws must not get lost.</summary>
    internal void ThrowIfFailed()
    {
        foreach (var task in _work.Where(task => task.IsFaulted))
            task.GetAwaiter().GetResult();
    }

    /// <summary>A node's number; -1 for a stranger's.</summary>
    internal int IndexOf(NodeId node) => _nodes.FindIndex(known => known.Id == node);
}
