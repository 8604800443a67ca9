namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>What is asked of the journal beyond one actor's history.</summary>
public static class JournalQueries
{
    /// <summary>The persistence ids with at least one event or snapshot, ordinal order.</summary>
    /// <param name="system">The system with the journal.</param>
    /// <param name="prefix">What the ids begin with.</param>
    /// <param name="after">The id before the first one to be read; null from the beginning.</param>
    /// <param name="maxCount">At most so many.</param>
    /// <returns>The ids; pipe them to an actor.</returns>
    /// <exception cref="InvalidOperationException">The system has no journal.</exception>
    public static Task<IReadOnlyList<string>> ReadPersistenceIds(
        this ActorSystem system, string prefix, string? after = null, int maxCount = 1000)
    {
        var options = system.GetOptions();
        var journal = options.Journal ?? throw new InvalidOperationException($"The system {system.Name} has no journal.");
        var promise = new TaskCompletionSource<IReadOnlyList<string>>(options.Dispatcher.PromiseOptions);
        journal.ReadPersistenceIds(prefix, after, maxCount, (ids, failure) => options.Dispatcher.Post(() => Complete(promise, ids, failure)));
        return promise.Task;
    }

    /// <summary>Lets the journal forget an id of which nothing is left; if that fails, it stays, and costs a few bytes.</summary>
    /// <param name="system">The system with the journal.</param>
    /// <param name="persistenceId">Of an actor that has ended; what it had under way comes first.</param>
    /// <exception cref="InvalidOperationException">The system has no journal.</exception>
    public static void ForgetPersistenceId(this ActorSystem system, string persistenceId)
    {
        var journal = system.GetOptions().Journal ?? throw new InvalidOperationException($"The system {system.Name} has no journal.");
        journal.Forget(persistenceId, static _ => { });
    }

    private static void Complete(
        TaskCompletionSource<IReadOnlyList<string>> promise, IReadOnlyList<string> ids, Exception? failure)
    {
        if (failure is null)
            promise.TrySetResult(ids);
        else
            promise.TrySetException(failure);
    }
}
