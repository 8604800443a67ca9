using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// The catalog of the journal on a simulated disk; its tasks end in the loop, when the disk is that far.
/// </summary>
internal sealed class DiskCatalog(IDiskSession disk) : IJournalCatalog
{
    public Task<IReadOnlyList<StoredHistory>> ReadAsync(string prefix, string? after, int maxCount)
    {
        var promise = new TaskCompletionSource<IReadOnlyList<StoredHistory>>();
        disk.List(prefix, after, maxCount, promise.SetResult);
        return promise.Task;
    }

    public Task<IReadOnlyList<StoredHistory>> ReadAsync(IReadOnlyList<string> persistenceIds)
    {
        var promise = new TaskCompletionSource<IReadOnlyList<StoredHistory>>();
        disk.Read(persistenceIds, promise.SetResult);
        return promise.Task;
    }

    public Task EndAsync(IReadOnlyList<HistoryEnd> ends) => Promise(completed => disk.End(ends, completed));

    public Task ForgetAsync(string persistenceId) => Promise(completed => disk.Forget(persistenceId, completed));

    private static Task Promise(Action<Action<Exception?>> start)
    {
        var promise = new TaskCompletionSource();
        start(failure =>
        {
            if (failure is null)
                promise.SetResult();
            else
                promise.SetException(failure);
        });
        return promise.Task;
    }
}
