namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor with a handler per type of message, registered in its constructor.</summary>
/// <remarks>The first handler that matches takes the message; order of registration counts.</remarks>
public abstract class ReceiveActor : UntypedActor
{
    private MessageMatchers _matchers = new();

    /// <summary>Handles messages of a type, optionally only those that a predicate accepts.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _matchers.Add(handler, shouldHandle);

    /// <summary>Handles those messages of a type that a predicate accepts.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of a type; a handler that returns false lets the next one try.</summary>
    protected void Receive<T>(Func<T, bool> handler) => _matchers.Add(handler);

    /// <summary>Handles messages of a type that is known at run time only.</summary>
    protected void Receive(Type messageType, Action<object> handler) => _matchers.Add(messageType, message =>
    {
        handler(message);
        return true;
    });

    /// <summary>Handles messages of a type asynchronously; the mailbox waits until the handler has ended.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive(message => RunTask(() => handler(message)), shouldHandle);

    /// <summary>Handles everything that no earlier handler took.</summary>
    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    /// <summary>Handles everything that no earlier handler took, asynchronously.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    /// <summary>Replaces the behaviour by the handlers that <paramref name="configure"/> registers.</summary>
    protected void Become(Action configure) => Become(Configured(configure));

    /// <summary>Puts the handlers that <paramref name="configure"/> registers on top of the current behaviour.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(Configured(configure));

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_matchers.TryHandle(message))
            Unhandled(message);
    }

    private Receive Configured(Action configure)
    {
        var original = _matchers;
        var behavior = _matchers = new MessageMatchers();
        configure();
        _matchers = original;
        return behavior.TryHandle;
    }
}
