namespace NuCypher.P2P.Actors.Journal;

/// <summary>The catalog of a journal in memory, at its start: nothing was stored before.</summary>
internal sealed class EmptyCatalog : IJournalCatalog
{
    public Task<IReadOnlyList<StoredHistory>> ReadAsync(string prefix, string? after, int maxCount) =>
        Task.FromResult<IReadOnlyList<StoredHistory>>([]);

    public Task<IReadOnlyList<StoredHistory>> ReadAsync(IReadOnlyList<string> persistenceIds) =>
        Task.FromResult<IReadOnlyList<StoredHistory>>([]);

    public Task EndAsync(IReadOnlyList<HistoryEnd> ends) => Task.CompletedTask;

    public Task ForgetAsync(string persistenceId) => Task.CompletedTask;
}
