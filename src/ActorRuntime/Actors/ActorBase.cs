namespace NuCypher.P2P.ActorRuntime;

/// <summary>The base of every actor: one message at a time, state in fields, failures go to the supervisor.</summary>
/// <remarks>State is made in the constructor, so that a restart is a clean start.</remarks>
public abstract class ActorBase
{
    private readonly ActorCell _cell;

    /// <summary>Only <see cref="IActorRefFactory.ActorOf"/> makes actors.</summary>
    /// <exception cref="ActorInitializationException">Called outside the runtime.</exception>
    protected ActorBase() => _cell = ActorCell.Current ?? throw new ActorInitializationException(
        $"Make {GetType().Name} with ActorOf and Props, not with its constructor.");

    /// <summary>The context of the actor that is running on this thread.</summary>
    /// <exception cref="NotSupportedException">No actor is running.</exception>
    protected static IActorContext Context => ActorCell.RequireCurrent();

    /// <summary>The actor itself.</summary>
    protected IActorRef Self => _cell;

    /// <summary>Who sent the current message; dead letters if nobody did.</summary>
    protected IActorRef Sender => _cell.Sender;

    internal ActorCell Cell => _cell;

    /// <summary>Handles a message.</summary>
    /// <returns>False if the message is not for this actor: then <see cref="Unhandled"/> is called.</returns>
    protected abstract bool Receive(object message);

    /// <summary>Runs before the first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Runs once after the last message, when all children have stopped.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Runs on the failed instance before it is replaced: stops the children, then calls <see cref="PostStop"/>.</summary>
    /// <param name="reason">The failure.</param>
    /// <param name="message">The message that failed, which is not delivered again; null outside a message.</param>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in Context.GetChildren())
            Context.Stop(Context.Unwatch(child));
        PostStop();
    }

    /// <summary>Runs on the new instance: calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>What happens to a child that fails.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => ActorRuntime.SupervisorStrategy.DefaultStrategy;

    /// <summary>Publishes <see cref="UnhandledMessage"/>; an unhandled <see cref="Terminated"/> is a death pact.</summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the behaviour.</summary>
    protected void Become(Receive receive) => _cell.Become(receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    /// <summary>Goes back to the behaviour below; the original one stays.</summary>
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    /// <summary>Sends <see cref="ReceiveTimeout"/> whenever no message came for that time; null ends it.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    internal virtual void AroundReceive(object message)
    {
        if (!(_cell.Behavior ?? Receive)(message))
            Unhandled(message);
    }

    /// <summary>A part of an asynchronous handler has run.</summary>
    internal virtual void AfterContinuation()
    {
    }

    internal virtual void AroundPreStart() => PreStart();

    internal virtual void AroundPreRestart(Exception reason, object? message) => PreRestart(reason, message);

    internal virtual void AroundPostRestart(Exception reason) => PostRestart(reason);

    internal virtual void AroundPostStop() => PostStop();

    internal SupervisorStrategy StrategyForChildren() => SupervisorStrategy();
}
