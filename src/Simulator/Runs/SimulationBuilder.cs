using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Simulator;

/// <summary>Builds the world of a run: machines, the nodes on them, and who watches them. Nothing runs yet.</summary>
internal sealed class SimulationBuilder
{
    private const int SeedsPerNode = 3;

    private readonly RunContext _run;
    private readonly Random _seeding;

    private SimulationBuilder(RunContext run) => (_run, _seeding) = (run, run.World.Seed.Derive("seeds").NewRandom());

    private Scenario Scenario => _run.Scenario;

    /// <summary>Builds everything.</summary>
    /// <param name="scenario">What is simulated.</param>
    /// <param name="seed">Decides everything that the scenario leaves open.</param>
    /// <param name="guardsThreadPool">True to fail if the process's thread pool worked meanwhile.</param>
    public static RunContext Build(Scenario scenario, ulong seed, bool guardsThreadPool)
    {
        var world = new World(new Seed(seed), guardsThreadPool)
        {
            MaxClockOffset = scenario.MaxClockOffset,
            MaxClockDrift = scenario.MaxClockDrift,
        };
        world.Network.Conditions = scenario.Network;
        world.Actors.Scheduler.Heed = scenario.Plants.Heed;
        var run = new RunContext(scenario, seed, world);
        new SimulationBuilder(run).AddNodes();
        run.Witnesses.WatchHonest();
        return run;
    }

    private void AddNodes()
    {
        var routers = _run.World.Seed.Derive("routers").NewRandom();
        var blueprint = Blueprint();
        for (var i = 0; i < Scenario.Nodes; i++)
        {
            AddNode(blueprint);
            _run.Nodes[i].Machine.Host.IsUnreachable = i >= SeedsPerNode && Scenario.Faults.Unreachable.Draw(routers);
        }

        for (var i = 0; i < Scenario.Clients; i++)
            AddNode(blueprint with { IsClient = true });
    }

    private NodeBlueprint Blueprint() => new()
    {
        Network = _run.World.Network,
        SeedsFor = SeedsFor,
        Guard = Guard,
        Describe = (node, record) => _run.Conspiracy.Misplace(node.Machine.Index, record),
        Booted = process => new TimerWitness(_run, process).StartRace(),
        Kademlia = Scenario.Plants.Kademlia(Scenario.Kademlia),
        Ursula = Scenario.Ursula,
        Plants = Scenario.Plants,
    };

    private void AddNode(NodeBlueprint blueprint)
    {
        var machine = _run.World.AddMachine();
        machine.Disk.Conditions = Scenario.Disk;
        _run.Witnesses.Watch(machine.Disk);
        var seed = _run.World.Seed.Derive("identity").Derive(machine.Index);
        _run.Add(Scenario.RoutersOnly && !blueprint.IsClient
            ? new SimulatedNode(machine, blueprint, NodeId.Random(seed.NewRandom()))
            : new SimulatedNode(machine, blueprint, Identity.Random(seed.NewRandomSource())));
    }

    /// <summary>Some nodes that started before; all may have crashed, then the node tries again.</summary>
    private NodeAddress[] SeedsFor(int index)
    {
        var nodes = _run.Nodes.Count;
        var first = _run.World.Machines[index].Starts == 1 ? Math.Min(index, nodes) : nodes;
        return [.. Enumerable.Range(0, Math.Min(SeedsPerNode, first)).Select(_ => World.AddressOf(_seeding.Next(first)))];
    }

    private IServiceDoor Guard(SimulatedNode node, IServiceDoor door) =>
        _run.Conspiracy.WayOf(node.Machine.Index) is { } way
            ? new HostileDoor(door, node.Identity, way, node.Machine.ProcessSeed.Derive("cheat"))
            : new WitnessedDoor(Scenario.Plants.Door(_run, door), node, _run.Witnesses.Service);
}
