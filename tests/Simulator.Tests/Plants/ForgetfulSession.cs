using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>
/// A planted bug: a revocation, and what follows it, is acknowledged but never written, so that it lives as long as the
/// process.
/// </summary>
internal sealed class ForgetfulSession(IDiskSession session) : IDiskSession
{
    private readonly HashSet<string> _revoked = [];

    public void Read(string id, Action<DiskHistory> completed) => session.Read(id, completed);

    public void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed) =>
        session.List(prefix, after, maxCount, completed);

    public void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed)
    {
        if (events.Any(stored => stored.Manifest == "policy-revoked/2"))
            _revoked.Add(id);
        if (_revoked.Contains(id))
            completed(null);
        else
            session.Append(id, events, completed);
    }

    public void Delete(string id, long toSequenceNr, Action<Exception?> completed)
    {
        if (_revoked.Contains(id))
            completed(null);
        else
            session.Delete(id, toSequenceNr, completed);
    }

    public void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed) =>
        session.Read(ids, completed);

    public void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed) =>
        session.End([.. ends.Where(end => !_revoked.Contains(end.PersistenceId))], completed);

    public void Forget(string id, Action<Exception?> completed) => session.Forget(id, completed);
}
