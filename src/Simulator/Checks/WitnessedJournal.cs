using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Simulator;

/// <summary>A process's journal, at which a witness stands.</summary>
internal sealed class WitnessedJournal(IJournal journal, JournalWitness witness, long epoch) : IJournal
{
    public void Recover(string persistenceId, Action<JournalRecovery> completed) => journal.Recover(persistenceId, recovery =>
    {
        witness.Recovered(persistenceId, recovery);
        completed(recovery);
    });

    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) =>
        journal.Replay(persistenceId, afterSequenceNr, completed);

    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        journal.Append(persistenceId, entries, failure =>
        {
            if (failure is null)
                witness.Appended(persistenceId, entries, epoch);
            completed(failure);
        });

    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        journal.DeleteEntries(persistenceId, toSequenceNr, completed);

    public void Forget(string persistenceId, Action<Exception?> completed)
    {
        witness.Forgotten(persistenceId);
        journal.Forget(persistenceId, completed);
    }

    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        journal.SaveSnapshot(persistenceId, snapshot, completed);

    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        journal.DeleteSnapshots(persistenceId, minSequenceNr, maxSequenceNr, completed);

    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) =>
        journal.ReadPersistenceIds(prefix, after, maxCount, completed);
}
