namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor with one method for every message.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>Handles a message; calls <see cref="ActorBase.Unhandled"/> for what it does not know.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Replaces the behaviour.</summary>
    protected void Become(UntypedReceive receive) => Become(Always(receive));

    /// <summary>Puts a behaviour on top of the current one.</summary>
    protected void BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    /// <summary>Runs an asynchronous handler; the mailbox waits until it has ended, its failure is the actor's failure.</summary>
    protected static void RunTask(Func<Task> action) => ActorCell.RequireCurrent().RunTask(action);

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    private static Receive Always(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };
}
