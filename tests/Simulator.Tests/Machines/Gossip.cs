using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>
/// A toy node: tells a random host what it has counted, counts what it is told; enough for the world's own tests.
/// </summary>
internal sealed class Gossip : ReceiveActor, IWithTimers
{
    public Gossip(SimulatedHost host, IReadOnlyList<NodeAddress> others, Random random)
    {
        Receive<Tick>(
            _ => host.Send(others[random.Next(others.Count)], new byte[] { (byte)(Heard % 256), (byte)host.Index }));
        Receive<Packet>(_ => Heard++);
        var self = Self;
        host.Receiver = (from, bytes) => self.Tell(new Packet(from, bytes));
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    public long Heard { get; private set; }

    public static World Start(int seed, int machines)
    {
        var world = new World(new Seed((ulong)seed));
        for (var i = 0; i < machines; i++)
            world.AddMachine();
        var addresses = world.Machines.Select(machine => machine.Host.Address).ToArray();
        foreach (var machine in world.Machines)
            Start(machine, addresses);
        return world;
    }

    public static void Start(SimulatedMachine machine, NodeAddress[] addresses) =>
        machine.Start(process => process.Actors.ActorOf(
            ActorProps.Of(() => new Gossip(machine.Host, addresses, machine.ProcessSeed.NewRandom())), "gossip"));

    protected override void PreStart() => Timers.StartPeriodicTimer("tick", new Tick(), TimeSpan.FromSeconds(1));

    private sealed record Tick;

    private sealed record Packet(NodeAddress From, ReadOnlyMemory<byte> Bytes);
}
