using System.Net;
using Akka.Configuration;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// One simulated world: one loop, one actor system, one time, one network, and machines. The same seed gives the same
/// history.
/// </summary>
/// <remarks>For one thread; worlds share nothing, so that several may run on a thread each.</remarks>
public sealed class World
{
    /// <summary>Where every machine listens.</summary>
    public const ushort Port = 9151;

    private const int FirstOctet = 11;
    private const int OctetSize = 256;

    private static readonly Config Settings = DiskJournal.Settings.WithFallback(LoopSystem.Settings);

    private readonly List<SimulatedMachine> _machines = [];
    private readonly Random _clocks;

    /// <summary>A world without machines.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="guardsThreadPool">True to fail if the process's thread pool worked meanwhile; only if nothing else
    /// runs in the process.</param>
    public World(Seed seed, bool guardsThreadPool = false)
    {
        Seed = seed;
        Loop = new DeterministicLoop(
            seed.Derive("order").NewRandom().Next(), Time)
        { GuardsThreadPool = guardsThreadPool };
        Actors = new LoopSystem(Loop, Settings);
        Network = new SimulatedNetwork(Time, Loop.Trace, seed.Derive("network"));
        _clocks = seed.Derive("clocks").NewRandom();
    }

    /// <summary>What it was made from.</summary>
    public Seed Seed { get; }

    /// <summary>The time that no machine knows exactly.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>The loop.</summary>
    public DeterministicLoop Loop { get; }

    /// <summary>The actor system of all machines.</summary>
    public LoopSystem Actors { get; }

    /// <summary>The network.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>The machines, in the order of joining.</summary>
    public IReadOnlyList<SimulatedMachine> Machines => _machines;

    /// <summary>The furthest that a machine's clock is off at the beginning. Default 500 ms.</summary>
    public TimeSpan MaxClockOffset { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The fastest that a machine's clock drifts, in parts per million. Default 50.</summary>
    public int MaxClockDrift { get; init; } = 50;

    /// <summary>32 hexadecimal digits over everything that happened: equal for equal histories.</summary>
    public string TraceHash => Loop.Trace.ToString();

    /// <summary>Adds a machine, on which nothing runs yet.</summary>
    /// <param name="disk">A disk that it shares with another machine; null for one of its own.</param>
    /// <param name="address">Where it listens; null: <see cref="AddressOf"/> its number.</param>
    public SimulatedMachine AddMachine(SimulatedDisk? disk = null, NodeAddress? address = null)
    {
        var index = _machines.Count;
        var offset = new TimeSpan(_clocks.NextInt64(-MaxClockOffset.Ticks, MaxClockOffset.Ticks + 1));
        var clock = Time.CreateClock(offset, _clocks.Next(-MaxClockDrift, MaxClockDrift + 1));
        var host = Network.Join(address ?? AddressOf(index));
        var machine = new SimulatedMachine(this, host, clock, Seed.Derive("machine").Derive(index), disk);
        _machines.Add(machine);
        return machine;
    }

    /// <summary>The address of a machine: each in a subnet of its own, as nodes of different owners are.</summary>
    public static NodeAddress AddressOf(int index) => new(
        new IPAddress([
            checked((byte)(FirstOctet + (index / OctetSize / OctetSize))),
            (byte)(index / OctetSize % OctetSize),
            (byte)(index % OctetSize),
            1]),
        Port);

    /// <summary>Lets virtual time pass.</summary>
    public void RunFor(TimeSpan duration) => Loop.RunFor(duration);
}
