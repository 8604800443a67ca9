namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>A journal in memory: for tests, and for simulated nodes, whose journal outlives their systems. Calls back at once.</summary>
public sealed class InMemoryJournal : IJournal
{
    private const int PageSize = 1000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Entity> _entities = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Recover(string persistenceId, Action<JournalRecovery> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        JournalRecovery recovery;
        lock (_lock)
            recovery = _entities.GetValueOrDefault(persistenceId)?.Recover() ?? new JournalRecovery(null, 0, 0, [], null);
        completed(recovery);
    }

    /// <inheritdoc/>
    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        IReadOnlyList<JournalEntry> page;
        lock (_lock)
            page = _entities.GetValueOrDefault(persistenceId)?.Page(afterSequenceNr) ?? [];
        completed(page, null);
    }

    /// <inheritdoc/>
    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        Change(persistenceId, entity => entity.Append(persistenceId, entries), completed);

    /// <inheritdoc/>
    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Change(persistenceId, entity => entity.DeleteEntries(toSequenceNr), completed);

    /// <inheritdoc/>
    public void Forget(string persistenceId, Action<Exception?> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        lock (_lock)
        {
            if (_entities.TryGetValue(persistenceId, out var entity) && entity.IsEmpty)
                _entities.Remove(persistenceId);
        }

        completed(null);
    }

    /// <inheritdoc/>
    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        Change(persistenceId, entity => entity.Save(snapshot), completed);

    /// <inheritdoc/>
    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        Change(persistenceId, entity => entity.DeleteSnapshots(minSequenceNr, maxSequenceNr), completed);

    /// <inheritdoc/>
    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        string[] ids;
        lock (_lock)
        {
            ids = [.. _entities
                .Where(pair => !pair.Value.IsEmpty && pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(pair => pair.Key)
                .Where(id => after is null || string.CompareOrdinal(id, after) > 0)
                .Take(maxCount)];
        }

        completed(ids, null);
    }

    private void Change(string persistenceId, Func<Entity, Exception?> change, Action<Exception?> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        Exception? failure;
        lock (_lock)
        {
            if (!_entities.TryGetValue(persistenceId, out var entity))
                _entities[persistenceId] = entity = new Entity();
            failure = change(entity);
        }

        completed(failure);
    }

    private sealed class Entity
    {
        private readonly List<JournalEntry> _entries = [];
        private readonly SortedList<long, JournalSnapshot> _snapshots = [];
        private long _deletedTo;
        private long _highest;

        public bool IsEmpty => _entries.Count == 0 && _snapshots.Count == 0;

        public JournalRecovery Recover()
        {
            var snapshot = _snapshots.Count > 0 ? _snapshots.GetValueAtIndex(_snapshots.Count - 1) : null;
            return new JournalRecovery(snapshot, _deletedTo, _highest, Page(Math.Max(snapshot?.SequenceNr ?? 0, _deletedTo)), null);
        }

        public IReadOnlyList<JournalEntry> Page(long after) =>
            [.. _entries.Where(entry => entry.SequenceNr > after).Take(PageSize)];

        public JournalConflictException? Append(string persistenceId, IReadOnlyList<JournalEntry> entries)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (entries[i].SequenceNr != _highest + 1 + i)
                    return new JournalConflictException($"{persistenceId}: event {entries[i].SequenceNr} does not follow {_highest + i}.");
            }

            _entries.AddRange(entries.Select(entry => entry with { Payload = entry.Payload.ToArray() }));
            _highest += entries.Count;
            return null;
        }

        public Exception? DeleteEntries(long to)
        {
            _entries.RemoveAll(entry => entry.SequenceNr <= to);
            _deletedTo = Math.Max(_deletedTo, Math.Min(to, _highest));
            return null;
        }

        public Exception? Save(JournalSnapshot snapshot)
        {
            _snapshots[snapshot.SequenceNr] = snapshot with { Payload = snapshot.Payload.ToArray() };
            return null;
        }

        public Exception? DeleteSnapshots(long min, long max)
        {
            foreach (var number in _snapshots.Keys.Where(number => number >= min && number <= max).ToArray())
                _snapshots.Remove(number);
            return null;
        }
    }
}
