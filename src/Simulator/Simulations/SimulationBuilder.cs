using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Simulator;

/// <summary>Builds the world of a run: machines, the nodes on them, and who watches them. Nothing runs yet.</summary>
internal sealed class SimulationBuilder
{
    private const int SeedsPerNode = 3;

    private readonly Random _seeding;

    /// <summary>Builds everything.</summary>
    /// <param name="scenario">What is simulated.</param>
    /// <param name="seed">Decides everything that the scenario leaves open.</param>
    /// <param name="guardsThreadPool">True to fail if the process's thread pool worked meanwhile.</param>
    /// <param name="stop">Leaves out the rest of the nodes.</param>
    public SimulationBuilder(Scenario scenario, ulong seed, bool guardsThreadPool, CancellationToken stop)
    {
        var world = new World(new Seed(seed), guardsThreadPool)
        {
            MaxClockOffset = scenario.MaxClockOffset,
            MaxClockDrift = scenario.MaxClockDrift,
        };
        world.Network.Conditions = scenario.Network;
        world.Actors.Scheduler.Heed = scenario.Plants.Heed;
        Context = new RunContext(scenario, seed, world);
        Conspiracy = new Conspiracy(Context);
        Witnesses = new Witnesses(Context, Conspiracy);
        _seeding = world.Seed.Derive("seeds").NewRandom();
        AddNodes(stop);
        Witnesses.WatchHonest();
    }

    /// <summary>The world, and what is known about it.</summary>
    public RunContext Context { get; }

    /// <summary>All adversaries.</summary>
    public Conspiracy Conspiracy { get; }

    /// <summary>Who watches.</summary>
    public Witnesses Witnesses { get; }

    private Scenario Scenario => Context.Scenario;

    private void AddNodes(CancellationToken stop)
    {
        var routers = Context.World.Seed.Derive("routers").NewRandom();
        var blueprint = Blueprint();
        for (var i = 0; i < Scenario.Nodes && !stop.IsCancellationRequested; i++)
        {
            AddNode(blueprint);
            Context.Nodes[i].Machine.Host.IsUnreachable = i >= SeedsPerNode
                && Scenario.Faults.Unreachable.Draw(routers);
        }

        for (var i = 0; i < Scenario.Clients && !stop.IsCancellationRequested; i++)
            AddNode(blueprint with { IsClient = true });
    }

    private NodeBlueprint Blueprint() => new()
    {
        Network = Context.World.Network,
        SeedsFor = SeedsFor,
        Guard = Guard,
        Describe = (node, record) => Conspiracy.Misplace(node.Machine.Index, record),
        Booted = process => new TimerWitness(Context, process).StartRace(),
        Crashed = Witnesses.Service.CheckDisk,
        Options = Scenario.Plants.Options(new NodeOptions
        {
            Dht = Scenario.Kademlia,
            Ursula = Scenario.Ursula,
            UrsulaActor = Scenario.UrsulaActor,
        }),
        Plants = Scenario.Plants,
    };

    private void AddNode(NodeBlueprint blueprint)
    {
        var machine = Context.World.AddMachine(address: AddressOf(Context.World.Machines.Count));
        machine.Disk.Conditions = Scenario.Disk;
        Witnesses.Watch(machine.Disk);
        var seed = Context.World.Seed.Derive("identity").Derive(machine.Index);
        Context.Add(Scenario.RoutersOnly && !blueprint.IsClient
            ? new SimulatedNode(machine, blueprint, NodeId.Random(seed.NewRandom()))
            : new SimulatedNode(machine, blueprint, Identity.Random(seed.NewRandomSource())));
    }

    /// <summary>The last nodes may be one operator's, on one machine.</summary>
    private NodeAddress AddressOf(int index)
    {
        var first = Scenario.Nodes - Scenario.Adversaries.OneHost;
        return index >= first && index < Scenario.Nodes
            ? new NodeAddress(World.AddressOf(first).Address, (ushort)(World.Port + index - first))
            : World.AddressOf(index);
    }

    /// <summary>Some nodes that started before; all may have crashed, then the node tries again.</summary>
    private NodeAddress[] SeedsFor(int index)
    {
        var nodes = Context.Nodes.Count;
        var first = Context.World.Machines[index].Starts == 1 ? Math.Min(index, nodes) : nodes;
        return [.. Enumerable.Range(0, Math.Min(SeedsPerNode, first)).Select(_ => AddressOf(_seeding.Next(first)))];
    }

    private IServiceDoor Guard(SimulatedNode node, IServiceDoor door) =>
        Conspiracy.WayOf(node.Machine.Index) is { } way
            ? new HostileDoor(door, node.Identity, way, node.Machine.ProcessSeed.Derive("cheat"))
            : new WitnessedDoor(Scenario.Plants.Door(Context.Clients, door), node, Witnesses.Service);
}
