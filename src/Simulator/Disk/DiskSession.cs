using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>What one process sees of a disk.</summary>
internal sealed class DiskSession(SimulatedDisk disk, long epoch) : IDiskSession
{
    public void Read(string id, Action<DiskHistory> completed) => Read(durable => durable.Read(id), completed);

    public void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed) =>
        Read(durable => durable.List(prefix, after, maxCount), completed);

    public void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed) =>
        Write(durable => durable.Append(id, events), completed, events.Count);

    public void Delete(string id, long toSequenceNr, Action<Exception?> completed) =>
        Write(durable => durable.Delete(id, toSequenceNr), completed);

    public void Forget(string id, Action<Exception?> completed) => Write(durable => durable.Forget(id), completed);

    public void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed) =>
        Read(durable => durable.List(ids), completed);

    public void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed) =>
        Write(durable => durable.End(ends), completed, ends.Count(end => end.Tombstone is not null));

    private void Read<T>(Func<DiskContents, T> read, Action<T> completed) => disk.Add(new DiskWrite(
        epoch,
        changesDisk: false,
        eventCount: 0,
        durable =>
        {
            var found = read(durable);
            return () => completed(found);
        },
        static _ => { }));

    private void Write(Action<DiskContents> write, Action<Exception?> completed) => Write(
        durable =>
        {
            write(durable);
            return null;
        },
        completed,
        eventCount: 0);

    private void Write(
        Func<DiskContents, Exception?> write, Action<Exception?> completed, int eventCount) => disk.Add(new DiskWrite(
        epoch,
        changesDisk: true,
        eventCount,
        durable =>
        {
            var conflict = write(durable);
            return () => completed(conflict);
        },
        completed));
}
