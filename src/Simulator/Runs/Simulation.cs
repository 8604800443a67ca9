using NuCypher.P2P.Actors;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>One run of a scenario from one seed: nodes join, load and faults go on for a while, then everything heals and must work.</summary>
public sealed class Simulation
{
    private const int SeedsPerNode = 3;
    private const int MaxViolations = 20;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<SimulatedNode> _clients = [];
    private readonly List<Task> _work = [];
    private readonly Random _seeding;
    private readonly Conspiracy _conspiracy;
    private readonly ServiceWitness _service;
    private readonly RecordWitness _records;
    private readonly SecretWitness _secrets;
    private readonly AnswerWitness _answers;
    private readonly Recorder _recorder;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenario">What is simulated.</param>
    /// <param name="seed">Decides everything that the scenario leaves open.</param>
    /// <param name="guardsThreadPool">True to fail if the process's thread pool worked meanwhile; only if nothing else runs in the process.</param>
    public Simulation(Scenario scenario, ulong seed, bool guardsThreadPool = false)
    {
        (Scenario, Seed) = (scenario, seed);
        World = new World(new Seed(seed), guardsThreadPool)
        {
            MaxClockOffset = scenario.MaxClockOffset,
            MaxClockDrift = scenario.MaxClockDrift,
        };
        World.Network.Conditions = scenario.Network;
        World.Actors.Scheduler.Heed = scenario.Plants.Heed;
        Inquirer = new Inquirer(World);
        _seeding = World.Seed.Derive("seeds").NewRandom();
        (_conspiracy, _recorder) = (new Conspiracy(this), new Recorder(this));
        (_service, _records, _secrets) = (new ServiceWitness(this), new RecordWitness(this), new SecretWitness(this));
        _answers = new AnswerWitness(this);
        AddNodes();
        Watch();
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

    /// <summary>What was measured on the way.</summary>
    public Recording Recording => _recorder.Recording;

    /// <summary>True while faults may strike.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>When the load begins, since the beginning.</summary>
    public TimeSpan LoadStart => new(TimeSpan.TicksPerSecond * (_nodes.Count + _clients.Count) / Scenario.StartsPerSecond + Scenario.SettleTime.Ticks);

    /// <summary>When load and faults end.</summary>
    public TimeSpan LoadEnd => LoadStart + Scenario.Duration;

    /// <summary>When the run ends.</summary>
    public TimeSpan End => LoadEnd + Scenario.HealTime;

    /// <summary>The time that has passed.</summary>
    public TimeSpan Elapsed => World.Time.Elapsed;

    /// <summary>Runs it to the end, or to the first violation.</summary>
    /// <param name="progressed">Called after each 10 s of virtual time; false ends the run early.</param>
    public SimulationResult Run(Func<Simulation, bool>? progressed = null)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var stored = new StoredPolicies(this);
        stored.Store();
        StartNodes();
        World.Time.Schedule(LoadStart, () => StartLoad(stored));
        World.Time.Schedule(LoadEnd, () => HasFaults = false);
        while (Elapsed < End && Violations.Count == 0)
        {
            World.RunFor(Slice < End - Elapsed ? Slice : End - Elapsed);
            ThrowIfFailed();
            _recorder.Sample();
            if (progressed is not null && !progressed(this))
                break;
        }

        if (Elapsed >= End)
            CheckAtTheEnd();
        return new SimulationResult(this, System.Diagnostics.Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Lets all nodes start and find each other, without any load.</summary>
    internal void RunUntilLoad()
    {
        StartNodes();
        World.RunFor(LoadStart);
    }

    /// <summary>Notes that something happened that must never happen.</summary>
    public void Report(string invariant, string detail)
    {
        if (Violations.Count < MaxViolations)
            Violations.Add(new Violation(invariant, Elapsed, detail));
    }

    /// <summary>Cuts a node's power in the middle of its work, and starts it again after a while.</summary>
    /// <param name="node">Which; no effect if it is down.</param>
    /// <param name="downtime">How long it stays down; it starts again after the faults of the run at the latest.</param>
    /// <param name="random">Draws the moment: among its actors' turns, or at a moment of its next write if one comes before.</param>
    internal void Strike(SimulatedNode node, TimeSpan downtime, Random random)
    {
        if (!node.Machine.IsUp)
            return;
        var start = node.Machine.Starts;
        node.Machine.CrashAt((DiskMoment)random.Next(Enum.GetValues<DiskMoment>().Length), Crash);
        node.Machine.CrashAfter(random.Next(1, 200), Crash);

        void Crash()
        {
            node.Machine.Disk.Reached = null;
            if (HasFaults && node.Machine.IsUp && node.Machine.Starts == start)
                CutPower(node, downtime);
        }
    }

    private void CutPower(SimulatedNode node, TimeSpan downtime)
    {
        Tally.Add("crashes");
        Say($"node {node.Machine.Index} loses power");
        node.Crash();
        _service.CheckDisk(node);
        var latest = LoadEnd - Elapsed;
        World.Time.Schedule(downtime < latest ? downtime : latest > TimeSpan.Zero ? latest : TimeSpan.Zero, () => Restart(node));
    }

    /// <summary>Notes that a fault began.</summary>
    internal void Note(FaultKind kind, TimeSpan length)
    {
        Tally.Add($"fault {kind}");
        _recorder.Note(kind.ToString(), length);
    }

    /// <summary>Notes something worth a line, in case that the run fails soon.</summary>
    internal void Say(string line) => _recorder.Say(line);

    /// <summary>The last things that happened.</summary>
    internal IReadOnlyList<string> LastEvents => _recorder.Last;

    /// <summary>Notes how long something took.</summary>
    internal void Measure(string what, TimeSpan time) => _recorder.Measure(what, time);

    /// <summary>Notes who holds the shares of a grant.</summary>
    internal void CountGrant(SharePlan plan, IEnumerable<NodeId> holders) =>
        _recorder.CountGrant(plan, holders.Count(ursula => IndexOf(ursula) is >= 0 and var index && _conspiracy.WayOf(index) is not null));

    /// <summary>Notes how many records a node keeps in the end.</summary>
    internal void CountRecords(int held, long bytes) => _recorder.CountRecords(held, bytes);

    /// <summary>Shows the adversaries a record that passed by.</summary>
    internal void Overhear(SignedRecord record) => _conspiracy.Overhear(record);

    /// <summary>Shows the adversaries a treasure map that Bob has opened.</summary>
    internal void Leak(LeakedMap map) => _conspiracy.Leak(map);

    /// <summary>Takes care of work that goes on beside everything else.</summary>
    internal void Add(Task work) => _work.Add(work);

    /// <summary>A node's number; -1 for a stranger's.</summary>
    internal int IndexOf(NodeId node) => _nodes.FindIndex(known => known.Id == node);

    /// <summary>Whether a node's Ursula is one that cheats.</summary>
    internal bool IsHostile(NodeId ursula) => _nodes.Exists(node => node.Id == ursula
        && (_conspiracy.WayOf(node.Machine.Index) is not null || node.Machine.Index < Scenario.Adversaries.Vladimirs));

    private void Restart(SimulatedNode node)
    {
        if (node.Machine.IsUp)
            return;
        Tally.Add("restarts");
        Say($"node {node.Machine.Index} starts again");
        node.Start();
    }

    private void AddNodes()
    {
        var blueprint = new NodeBlueprint
        {
            Network = World.Network,
            SeedsFor = SeedsFor,
            Guard = Guard,
            Describe = (node, record) => _conspiracy.Misplace(node.Machine.Index, record),
            Booted = process => new TimerWitness(this, process).StartRace(),
            Kademlia = Scenario.Plants.Kademlia(Scenario.Kademlia),
            Ursula = Scenario.Ursula,
            Plants = Scenario.Plants,
        };
        var routers = World.Seed.Derive("routers").NewRandom();
        for (var i = 0; i < Scenario.Nodes; i++)
        {
            _nodes.Add(AddNode(blueprint));
            _nodes[i].Machine.Host.IsUnreachable = i >= SeedsPerNode && Scenario.Faults.Unreachable.Draw(routers);
        }

        for (var i = 0; i < Scenario.Clients; i++)
            _clients.Add(AddNode(blueprint with { IsClient = true }));
    }

    private SimulatedNode AddNode(NodeBlueprint blueprint)
    {
        var machine = World.AddMachine();
        machine.Disk.Conditions = Scenario.Disk;
        var witness = new JournalWitness(this, machine.Disk);
        machine.Disk.Guard = (session, process) => Scenario.Plants.Disk(witness.Watch(session, process));
        var seed = World.Seed.Derive("identity").Derive(machine.Index);
        return Scenario.RoutersOnly && !blueprint.IsClient
            ? new SimulatedNode(machine, blueprint, NodeId.Random(seed.NewRandom()))
            : new SimulatedNode(machine, blueprint, Identity.Random(seed.NewRandomSource()));
    }

    /// <summary>Some nodes that started before; all may have crashed, then the node tries again.</summary>
    private NodeAddress[] SeedsFor(int index)
    {
        var first = World.Machines[index].Starts == 1 ? Math.Min(index, _nodes.Count) : _nodes.Count;
        return [.. Enumerable.Range(0, Math.Min(SeedsPerNode, first)).Select(_ => World.AddressOf(_seeding.Next(first)))];
    }

    private void StartNodes()
    {
        SimulatedNode[] all = [.. _nodes, .. _clients];
        for (var i = 0; i < all.Length; i++)
            World.Time.Schedule(new TimeSpan(TimeSpan.TicksPerSecond * i / Scenario.StartsPerSecond), all[i].Start);
    }

    private IServiceDoor Guard(SimulatedNode node, IServiceDoor door) =>
        _conspiracy.WayOf(node.Machine.Index) is { } way
            ? new HostileDoor(door, node.Identity, way, node.Machine.ProcessSeed.Derive("cheat"))
            : new WitnessedDoor(Scenario.Plants.Door(this, door), node, _service);

    private void Watch()
    {
        var honest = _nodes.Count + _clients.Count;
        World.Network.DatagramTap = (host, datagram) =>
        {
            if (host.Index >= honest)
                return;
            _records.See(World.Machines[host.Index], datagram);
            _answers.See(World.Machines[host.Index], datagram.Span);
            _secrets.SeeDatagram(datagram.Span);
        };
        World.Actors.Root("witness").ActorOf(ActorProps.Of(() => new LogWitness(Tally, _secrets, honest)), "log");
        World.Network.CallTap = body => _secrets.See(body.Span, "a call");
        foreach (var client in _clients)
            _secrets.Add(SecretOf(client));
    }

    private static byte[] SecretOf(SimulatedNode client)
    {
        var secret = new byte[SecretKey.Size];
        client.Identity.DecryptingKey.WriteSecret(secret);
        return secret;
    }

    private void StartLoad(StoredPolicies stored)
    {
        HasFaults = true;
        PolicyLife[] policies = [.. Enumerable.Range(0, _clients.Count > 1 ? Scenario.Policies.Count : 0).Select(i => new PolicyLife(this, i))];
        Scenario.Faults.Start(this);
        _conspiracy.Start([.. policies.Select(policy => policy.MapKey)]);
        foreach (var policy in policies)
            _work.Add(policy.RunAsync());
        if (Scenario.LookupsPerMinute > 0)
            _work.Add(new LookupLoad(this).RunAsync());
        _work.Add(stored.WatchAsync());
        var tables = new TableWitness(this);
        _work.Add(tables.RunAsync());
        _work.Add(tables.CountAsync());
    }

    private void CheckAtTheEnd()
    {
        foreach (var node in _nodes)
            _service.CheckDisk(node);
        foreach (var machine in World.Machines)
            _secrets.SeeDisk(machine);
        foreach (var node in _nodes.Where(node => !node.Machine.IsUp))
            Report("every node is up when the faults are over", $"node {node.Machine.Index} is down");
        if (Violations.Count == 0)
            Scenario.Demands.Check(this);
    }

    /// <summary>Work is asynchronous code on the loop; what it throws must not get lost.</summary>
    private void ThrowIfFailed()
    {
        foreach (var task in _work.Where(task => task.IsFaulted))
            task.GetAwaiter().GetResult();
    }
}
