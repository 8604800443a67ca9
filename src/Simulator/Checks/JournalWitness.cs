using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Stands between processes and one disk, and compares what the journal acknowledges with who owns it and with what it
/// gives back.
/// </summary>
internal sealed class JournalWitness(RunContext run, SimulatedDisk disk)
{
    private const string OneOwner = "only the last process that opened a journal is acknowledged";
    private const string NoGap = "the numbers of an actor's events have no gap";
    private const string ReadBack = "what a journal acknowledged is read back";

    private readonly Dictionary<string, long> _highest = [];

    /// <summary>What a process sees of the disk, watched.</summary>
    public IDiskSession Watch(IDiskSession session, long epoch) => new WitnessedSession(session, this, epoch);

    /// <summary>Events of a process were acknowledged.</summary>
    public void Appended(string id, IReadOnlyList<StoredEvent> events, long epoch)
    {
        run.Tally.Add("events acknowledged", events.Count);
        if (epoch != disk.Epoch)
            run.Report(OneOwner, $"{id}: process {epoch} was told so, but {disk.Epoch} owns it");
        foreach (var stored in events)
        {
            if (_highest.TryGetValue(id, out var highest) && stored.SequenceNr != highest + 1)
                run.Report(NoGap, $"{id}: {stored.SequenceNr} follows {highest}");
            _highest[id] = stored.SequenceNr;
        }
    }

    /// <summary>An actor read its past. Its last events may have got there without anybody being told.</summary>
    public void Recovered(string id, DiskHistory history)
    {
        run.Tally.Add("pasts read back");
        if (_highest.TryGetValue(id, out var highest) && history.HighestSequenceNr < highest)
            run.Report(ReadBack, $"{id}: {history.HighestSequenceNr} was the last, but {highest} was acknowledged");
        _highest[id] = history.HighestSequenceNr;
    }

    /// <summary>Ends of a process were acknowledged.</summary>
    public void Ended(IReadOnlyList<HistoryEnd> ends, long epoch)
    {
        foreach (var end in ends)
        {
            Appended(end.PersistenceId, end.Tombstone is { } tombstone ? [tombstone] : [], epoch);
            if (end.Tombstone is null)
                Forgotten(end.PersistenceId);
        }
    }

    /// <summary>From now on the id begins anew.</summary>
    public void Forgotten(string id) => _highest.Remove(id);
}
