using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// What the loop knows of a process: where its actors are, what its clock says, and whether it was killed.
/// </summary>
public abstract class LoopProcess
{
    private readonly DeterministicLoop _loop;
    private readonly MachineRef _root;
    private List<(IActorRef Actor, IActorRef Permitter)>? _permits;

    private protected LoopProcess(DeterministicLoop loop, VirtualClock clock, MachineRef root)
    {
        (_loop, _root, Clock) = (loop, root, clock);
        root.Process = this;
    }

    /// <summary>Where its actors are made.</summary>
    public IActorRefFactory Actors => _root;

    /// <summary>True once it was killed: no hook runs any more, no message is delivered, no timer fires.</summary>
    public bool IsCrashed { get; private set; }

    /// <summary>The clock of its machine.</summary>
    internal VirtualClock Clock { get; }

    /// <summary>The name of its part of the world's actors.</summary>
    internal string Name => _root.Path.Name;

    /// <summary>The scheduler of its actors.</summary>
    internal IScheduler Scheduler => _root.Scheduler;

    /// <summary>
    /// Runs code as if it were one of its actors' turns: actors and timers that it starts are the process's.
    /// </summary>
    internal void Enter(Action action) => _loop.Enter(this, action);

    /// <summary>Fires an entry of its scheduler.</summary>
    internal void Fire(DueTimeScheduler.Due due) => _loop.Fire(this, due);

    /// <summary>Lets one of its mailboxes have a turn.</summary>
    internal abstract void Schedule(IRunnable mailbox, LoopQueue queue);

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
    internal static LoopProcess? Of(IActorRef actor)
    {
        for (var above = actor as IInternalActorRef; above is not (null or Nobody); above = above.Parent)
        {
            if (above is MachineRef root)
                return root.Process;
        }

        return null;
    }
}
