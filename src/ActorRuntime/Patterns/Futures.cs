namespace NuCypher.P2P.ActorRuntime;

/// <summary>Asks: a message whose answer is awaited. For the edge of a system; between actors prefer tells.</summary>
public static class Futures
{
    /// <summary>Asks and awaits any answer.</summary>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        Ask<object>(self, message, timeout, CancellationToken.None);

    /// <summary>Asks and awaits an answer of a type.</summary>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        Ask<T>(self, message, timeout, CancellationToken.None);

    /// <summary>Asks and awaits an answer of a type.</summary>
    /// <param name="self">Whom to ask: an actor.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">The time limit by the clock of the asking actor's system, or of the asked one's; null for the system's default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer; fails with the cause of a <see cref="Status.Failure"/>.</returns>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer is of another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(self);
        var system = ActorCell.Current?.System ?? (self as IInternalActorRef)?.System
            ?? throw new ArgumentException("Only an actor can be asked from outside of an actor.", nameof(self));
        var promise = new PromiseActorRef<T>(system);
        promise.Start(timeout ?? system.Options.AskTimeout, self, cancellationToken);
        self.Tell(message, promise);
        return promise.Result;
    }
}
