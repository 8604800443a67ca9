using Akka.Dispatch;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>One run of a machine's program: what its actors share, and whether it was killed.</summary>
public sealed class SimulatedProcess : LoopProcess
{
    private readonly MachineProcessor _processor;

    internal SimulatedProcess(
        DeterministicLoop loop, MachineProcessor processor, VirtualClock clock, MachineRef root, IDiskSession disk)
        : base(loop, clock, root) => (_processor, Disk, Catalog) = (processor, disk, new DiskCatalog(disk));

    /// <summary>What its journal holds of the processes before it.</summary>
    public IJournalCatalog Catalog { get; }

    /// <summary>What it sees of the disk of its machine.</summary>
    internal IDiskSession Disk { get; }

    internal override void Schedule(IRunnable mailbox, LoopQueue queue)
    {
        if (!IsCrashed)
            _processor.Schedule(mailbox, queue);
    }
}
