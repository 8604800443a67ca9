namespace NuCypher.P2P.ActorRuntime;

/// <summary>A persistent actor with a handler per type of command and event, registered in its constructor.</summary>
/// <remarks>The first handler that matches takes the message; order of registration counts.</remarks>
public abstract class ReceivePersistentActor : Eventsourced
{
    private readonly MessageMatchers _recover = new();
    private MessageMatchers _commands = new();

    /// <summary>Applies events and snapshot offers of a type.</summary>
    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Add(_recover, handler, shouldHandle);

    /// <summary>Applies everything that no earlier handler took.</summary>
    protected void RecoverAny(Action<object> handler) => Recover(handler);

    /// <summary>Handles commands of a type, optionally only those that a predicate accepts.</summary>
    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Add(_commands, handler, shouldHandle);

    /// <summary>Handles those commands of a type that a predicate accepts.</summary>
    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    /// <summary>Handles commands of a type; a handler that returns false lets the next one try.</summary>
    protected void Command<T>(Func<T, bool> handler) => _commands.Add(handler);

    /// <summary>Handles commands of a type asynchronously; the mailbox waits until the handler has ended.</summary>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Command(message => Cell.RunTask(() => handler(message)), shouldHandle);

    /// <summary>Handles everything that no earlier handler took.</summary>
    protected void CommandAny(Action<object> handler) => Command(handler);

    /// <summary>Replaces the handlers of commands by those that <paramref name="configure"/> registers.</summary>
    protected void Become(Action configure) => Become(Configured(configure));

    /// <summary>Puts the handlers of commands that <paramref name="configure"/> registers on top of the current ones.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(Configured(configure));

    /// <inheritdoc/>
    protected sealed override bool ReceiveRecover(object message) => _recover.TryHandle(message);

    /// <inheritdoc/>
    protected sealed override bool ReceiveCommand(object message) => _commands.TryHandle(message);

    private static void Add<T>(MessageMatchers matchers, Action<T> handler, Predicate<T>? shouldHandle) => matchers.Add<T>(message =>
    {
        if (shouldHandle is not null && !shouldHandle(message))
            return false;
        handler(message);
        return true;
    });

    private Receive Configured(Action configure)
    {
        var original = _commands;
        var behavior = _commands = new MessageMatchers();
        configure();
        _commands = original;
        return behavior.TryHandle;
    }
}
