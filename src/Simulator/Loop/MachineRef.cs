using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace NuCypher.P2P.Simulator;

/// <summary>The parent of a process's first actors, which it supervises as Akka's user guardian does.</summary>
/// <remarks>It knows none of them: whoever lets go of it lets go of the whole process.</remarks>
internal sealed class MachineRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef, IActorRefFactory
{
    private int _children;

    public override ActorPath Path => path;

    public override IActorRefProvider Provider => system.Provider;

    /// <summary>The process whose actors are below; null for what belongs to no machine.</summary>
    public LoopProcess? Process { get; set; }

    /// <summary>The scheduler that its actors are given.</summary>
    public IScheduler Scheduler => system.Scheduler;

    public IActorRef ActorOf(Props props, string? name = null)
    {
        var child = (path / (name ?? $"${_children}")).WithUid(++_children);
        var actor = system.Provider.ActorOf(
            system, props, this, child, systemService: false, deploy: null, lookupDeploy: false, async: false);
        actor.Start();
        return actor;
    }

    public ActorSelection ActorSelection(ActorPath actorPath) => throw new NotSupportedException();

    public ActorSelection ActorSelection(string actorPath) => throw new NotSupportedException();

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is not Failed failed)
            return;
        var child = (IInternalActorRef)failed.Child;
        system.EventStream.Publish(
            new Error(failed.Cause, child.Path.ToString(), typeof(MachineRef), failed.Cause.Message));
        if (SupervisorStrategy.DefaultDecider.Decide(failed.Cause) == Directive.Restart)
            child.Restart(failed.Cause);
        else
            child.Stop();
    }
}
