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

    public Task ForgetAsync(string persistenceId)
    {
        var promise = new TaskCompletionSource();
        disk.Forget(persistenceId, failure =>
        {
            if (failure is null)
                promise.SetResult();
            else
                promise.SetException(failure);
        });
        return promise.Task;
    }
}
