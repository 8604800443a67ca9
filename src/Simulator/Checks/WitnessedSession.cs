using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>What a process sees of a disk, at which a witness stands.</summary>
internal sealed class WitnessedSession(IDiskSession session, JournalWitness witness, long epoch) : IDiskSession
{
    public void Read(string id, Action<DiskHistory> completed) => session.Read(id, history =>
    {
        witness.Recovered(id, history);
        completed(history);
    });

    public void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed) =>
        session.List(prefix, after, maxCount, completed);

    public void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed) =>
        session.Append(id, events, failure =>
        {
            if (failure is null)
                witness.Appended(id, events, epoch);
            completed(failure);
        });

    public void Delete(string id, long toSequenceNr, Action<Exception?> completed) =>
        session.Delete(id, toSequenceNr, completed);

    public void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed) =>
        session.Read(ids, completed);

    public void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed) => session.End(ends, failure =>
    {
        if (failure is null)
            witness.Ended(ends, epoch);
        completed(failure);
    });

    public void Forget(string id, Action<Exception?> completed)
    {
        witness.Forgotten(id);
        session.Forget(id, completed);
    }
}
