using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Simulator;

/// <summary>One run of a machine's program: what its actors share, and whether it was killed.</summary>
public sealed class SimulatedProcess
{
    private readonly MachineProcessor _processor;
    private readonly DeterministicLoop _loop;
    private readonly MachineRef _root;
    private List<(IActorRef Actor, IActorRef Permitter)>? _permits;

    internal SimulatedProcess(
        DeterministicLoop loop, MachineProcessor processor, VirtualClock clock, MachineRef root, IDiskSession disk)
    {
        (_loop, _processor, _root, Clock, Disk) = (loop, processor, root, clock, disk);
        Catalog = new DiskCatalog(disk);
        root.Process = this;
    }

    /// <summary>Where its actors are made.</summary>
    public IActorRefFactory Actors => _root;

    /// <summary>What its journal holds of the processes before it.</summary>
    public IJournalCatalog Catalog { get; }

    /// <summary>True once it was killed: no hook runs any more, no message is delivered, no timer fires.</summary>
    public bool IsCrashed { get; private set; }

    /// <summary>The clock of its machine.</summary>
    internal VirtualClock Clock { get; }

    /// <summary>What it sees of the disk of its machine.</summary>
    internal IDiskSession Disk { get; }

    /// <summary>The name of its part of the world's actors.</summary>
    internal string Name => _root.Path.Name;

    /// <summary>The scheduler of its actors.</summary>
    internal IScheduler Scheduler => _root.Scheduler;

    /// <summary>Runs code as if it were one of its actors' turns: actors and timers that it starts are the process's.</summary>
    internal void Enter(Action action) => _loop.Enter(this, action);

    /// <summary>Fires an entry of its scheduler.</summary>
    internal void Fire(DueTimeScheduler.Due due) => _loop.Fire(this, due);

    internal void Schedule(IRunnable mailbox, LoopQueue queue)
    {
        if (!IsCrashed)
            _processor.Schedule(mailbox, queue);
    }

    /// <summary>Ends it at once.</summary>
    internal void Crash()
    {
        IsCrashed = true;
        foreach (var (actor, permitter) in _permits ?? [])
            ((IInternalActorRef)permitter).SendSystemMessage(new DeathWatchNotification(actor, true, false));
        _permits = null;
        _loop.Time.CountCrash();
    }

    /// <summary>One of its actors asks for the permit to recover, or, the second time, gives it back.</summary>
    internal void CountPermit(IActorRef actor, IActorRef permitter)
    {
        if (_permits?.RemoveAll(permit => permit.Actor.Equals(actor)) > 0)
            return;
        (_permits ??= []).Add((actor, permitter));
    }

    /// <summary>The process of an actor, which may have ended; null if it is the world's own.</summary>
    internal static SimulatedProcess? Of(IActorRef actor)
    {
        for (var above = actor as IInternalActorRef; above is not (null or Nobody); above = above.Parent)
        {
            if (above is MachineRef root)
                return root.Process;
        }

        return null;
    }
}
