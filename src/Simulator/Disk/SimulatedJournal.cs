using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Simulator;

/// <summary>What one process sees of a disk's journal.</summary>
internal sealed class SimulatedJournal(SimulatedDisk disk, long epoch) : IJournal
{
    public void Recover(string persistenceId, Action<JournalRecovery> completed) => Read(
        durable =>
        {
            JournalRecovery? recovery = null;
            durable.Recover(persistenceId, read => recovery = read);
            return () => completed(recovery!);
        });

    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) => Read(
        durable =>
        {
            IReadOnlyList<JournalEntry> page = [];
            durable.Replay(persistenceId, afterSequenceNr, (entries, _) => page = entries);
            return () => completed(page, null);
        });

    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) => Read(
        durable =>
        {
            IReadOnlyList<string> ids = [];
            durable.ReadPersistenceIds(prefix, after, maxCount, (found, _) => ids = found);
            return () => completed(ids, null);
        });

    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        Write((durable, done) => durable.Append(persistenceId, entries, done), completed, entries.Count);

    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Write((durable, done) => durable.DeleteEntries(persistenceId, toSequenceNr, done), completed);

    public void Forget(string persistenceId, Action<Exception?> completed) =>
        Write((durable, done) => durable.Forget(persistenceId, done), completed);

    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        Write((durable, done) => durable.SaveSnapshot(persistenceId, snapshot, done), completed);

    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        Write((durable, done) => durable.DeleteSnapshots(persistenceId, minSequenceNr, maxSequenceNr, done), completed);

    private void Read(Func<InMemoryJournal, Action> read) =>
        disk.Add(new DiskWrite(epoch, changesDisk: false, eventCount: 0, read, static _ => { }));

    private void Write(Action<InMemoryJournal, Action<Exception?>> write, Action<Exception?> completed, int eventCount = 0) =>
        disk.Add(new DiskWrite(
            epoch,
            changesDisk: true,
            eventCount,
            durable =>
            {
                Exception? conflict = null;
                write(durable, failure => conflict = failure);
                return () => completed(conflict);
            },
            completed));
}
