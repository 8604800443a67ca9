using NuCypher.P2P.Actors.Hosting;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Bugs in honest nodes, planted by the simulator's tests to see whether they are found: each stands in the place of
/// something sound.
/// </summary>
/// <remarks>
/// No scenario file, option or command line reaches it: only code that sees this project's internals.
/// </remarks>
internal sealed record Plants
{
    /// <summary>No bug at all.</summary>
    public static readonly Plants None = new();

    /// <summary>What a scheduler takes for the word to cancel a timer.</summary>
    public Func<ICancelable?, ICancelable?> Heed { get; init; } = static cancelable => cancelable;

    /// <summary>Changes a node's seams.</summary>
    public Func<NodeSetup, NodeSetup> Setup { get; init; } = static setup => setup;

    /// <summary>Changes a node's limits and times.</summary>
    public Func<NodeOptions, NodeOptions> Options { get; init; } = static options => options;

    /// <summary>Stands between a process and its disk.</summary>
    public Func<IDiskSession, IDiskSession> Disk { get; init; } = static session => session;

    /// <summary>What a node takes a datagram for.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Read { get; init; } = static datagram => datagram;

    /// <summary>Stands before an Ursula; gets all clients.</summary>
    public Func<IReadOnlyList<SimulatedNode>, IServiceDoor, IServiceDoor> Door { get; init; } =
        static (_, door) => door;
}
