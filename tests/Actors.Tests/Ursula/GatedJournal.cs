using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>A journal in memory whose recoveries can be made to wait and whose deletions to wait or fail.</summary>
internal sealed class GatedJournal : IJournal
{
    private readonly InMemoryJournal _journal = new();
    private readonly Queue<Action> _recoveries = new();
    private readonly Queue<Action> _deletions = new();

    public bool FailsDeletions { get; set; }

    public bool HoldsRecoveries
    {
        get;
        set => Release(field = value, _recoveries);
    }

    public bool HoldsDeletions
    {
        get;
        set => Release(field = value, _deletions);
    }

    public void Recover(string persistenceId, Action<JournalRecovery> completed) =>
        RunOrHold(HoldsRecoveries, _recoveries, () => _journal.Recover(persistenceId, completed));

    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) =>
        _journal.Replay(persistenceId, afterSequenceNr, completed);

    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        _journal.Append(persistenceId, entries, completed);

    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed)
    {
        if (FailsDeletions)
            completed(new IOException("disk full"));
        else
            RunOrHold(HoldsDeletions, _deletions, () => _journal.DeleteEntries(persistenceId, toSequenceNr, completed));
    }

    public void Forget(string persistenceId, Action<Exception?> completed) => _journal.Forget(persistenceId, completed);

    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        _journal.SaveSnapshot(persistenceId, snapshot, completed);

    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        _journal.DeleteSnapshots(persistenceId, minSequenceNr, maxSequenceNr, completed);

    public void ReadPersistenceIds(string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) =>
        _journal.ReadPersistenceIds(prefix, after, maxCount, completed);

    private static void RunOrHold(bool holds, Queue<Action> held, Action action)
    {
        if (holds)
            held.Enqueue(action);
        else
            action();
    }

    private static void Release(bool holds, Queue<Action> held)
    {
        while (!holds && held.TryDequeue(out var action))
            action();
    }
}
