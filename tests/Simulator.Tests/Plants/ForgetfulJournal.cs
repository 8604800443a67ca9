using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>A planted bug: a revocation, and what follows it, is acknowledged but never written, so that it lives as long as the process.</summary>
internal sealed class ForgetfulJournal(IJournal journal) : IJournal
{
    private readonly HashSet<string> _revoked = [];

    public void Recover(string persistenceId, Action<JournalRecovery> completed) => journal.Recover(persistenceId, completed);

    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) =>
        journal.Replay(persistenceId, afterSequenceNr, completed);

    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed)
    {
        if (entries.Any(entry => entry.Manifest == "policy-revoked/1"))
            _revoked.Add(persistenceId);
        if (_revoked.Contains(persistenceId))
            completed(null);
        else
            journal.Append(persistenceId, entries, completed);
    }

    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed)
    {
        if (_revoked.Contains(persistenceId))
            completed(null);
        else
            journal.DeleteEntries(persistenceId, toSequenceNr, completed);
    }

    public void Forget(string persistenceId, Action<Exception?> completed) => journal.Forget(persistenceId, completed);

    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        journal.SaveSnapshot(persistenceId, snapshot, completed);

    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        journal.DeleteSnapshots(persistenceId, minSequenceNr, maxSequenceNr, completed);

    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) =>
        journal.ReadPersistenceIds(prefix, after, maxCount, completed);
}
