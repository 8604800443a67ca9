using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>A journal whose answers a test can hold back or replace by failures.</summary>
internal sealed class FaultyJournal(IJournal inner) : IJournal
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _held = new();

    public bool Holds { get; set; }

    public Exception? Failure { get; set; }

    public int HeldCount
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    public int MaxHeldCount { get; private set; }

    public void ReleaseOne()
    {
        Action? call;
        lock (_lock)
            _held.TryDequeue(out call);
        call?.Invoke();
    }

    public void Recover(string persistenceId, Action<JournalRecovery> completed)
    {
        if (Failure is not null)
            completed(JournalRecovery.Failed(Failure));
        else
            Run(() => inner.Recover(persistenceId, completed));
    }

    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) =>
        inner.Replay(persistenceId, afterSequenceNr, completed);

    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        FailOr(completed, () => inner.Append(persistenceId, entries, completed));

    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        FailOr(completed, () => inner.DeleteEntries(persistenceId, toSequenceNr, completed));

    public void Forget(string persistenceId, Action<Exception?> completed) =>
        FailOr(completed, () => inner.Forget(persistenceId, completed));

    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        FailOr(completed, () => inner.SaveSnapshot(persistenceId, snapshot, completed));

    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        FailOr(completed, () => inner.DeleteSnapshots(persistenceId, minSequenceNr, maxSequenceNr, completed));

    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) =>
        inner.ReadPersistenceIds(prefix, after, maxCount, completed);

    private void FailOr(Action<Exception?> completed, Action call)
    {
        if (Failure is { } failure)
            completed(failure);
        else
            Run(call);
    }

    private void Run(Action call)
    {
        if (!Holds)
        {
            call();
            return;
        }

        lock (_lock)
        {
            _held.Enqueue(call);
            MaxHeldCount = Math.Max(MaxHeldCount, _held.Count);
        }
    }
}
