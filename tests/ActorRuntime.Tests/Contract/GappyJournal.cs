using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>A journal that has lost event 2 of every history.</summary>
internal sealed class GappyJournal(IJournal inner) : IJournal
{
    public void Recover(string persistenceId, Action<JournalRecovery> completed) => inner.Recover(
        persistenceId,
        recovery => completed(recovery with { Entries = [.. recovery.Entries.Where(entry => entry.SequenceNr != 2)] }));

    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) =>
        inner.Replay(persistenceId, afterSequenceNr, completed);

    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        inner.Append(persistenceId, [.. entries.Select(entry => new JournalEntry(entry.SequenceNr, "number/1", new byte[8]))], completed);

    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        inner.DeleteEntries(persistenceId, toSequenceNr, completed);

    public void Forget(string persistenceId, Action<Exception?> completed) => inner.Forget(persistenceId, completed);

    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        inner.SaveSnapshot(persistenceId, snapshot, completed);

    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        inner.DeleteSnapshots(persistenceId, minSequenceNr, maxSequenceNr, completed);

    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) =>
        inner.ReadPersistenceIds(prefix, after, maxCount, completed);
}
