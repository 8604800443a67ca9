using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>The events that are durable on a disk.</summary>
public sealed class DiskContents
{
    private readonly SortedDictionary<string, History> _histories = new(StringComparer.Ordinal);

    /// <summary>All events of an actor.</summary>
    public DiskHistory Read(string id) =>
        _histories.TryGetValue(id, out var history) ? history.Read() : DiskHistory.Empty;

    /// <summary>The histories with at least one event, in ordinal order of their ids.</summary>
    /// <param name="prefix">What the ids begin with.</param>
    /// <param name="after">The id before the first one to be read; null: from the beginning.</param>
    /// <param name="maxCount">At most so many.</param>
    public IReadOnlyList<StoredHistory> List(string prefix, string? after, int maxCount) =>
        [.. _histories
            .Where(pair => pair.Value.Events.Count > 0 && pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Where(pair => after is null || string.CompareOrdinal(pair.Key, after) > 0)
            .Take(maxCount)
            .Select(pair => new StoredHistory(pair.Key, pair.Value.Read().Events))];

    /// <summary>The histories of these ids, of those that have an event, in ordinal order.</summary>
    public IReadOnlyList<StoredHistory> List(IReadOnlyList<string> ids) =>
        [.. ids.Order(StringComparer.Ordinal)
            .Select(id => new StoredHistory(id, Read(id).Events))
            .Where(history => history.Events.Count > 0)];

    /// <summary>Adds events, all or none.</summary>
    /// <returns>Why it could not; null if it did.</returns>
    public DiskConflictException? Append(string id, IReadOnlyList<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (!_histories.TryGetValue(id, out var history))
            _histories[id] = history = new History();
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].SequenceNr != history.Highest + 1 + i)
                return new DiskConflictException(
                    $"{id}: event {events[i].SequenceNr} does not follow {history.Highest + i}.");
        }

        history.Events.AddRange(events);
        history.Highest += events.Count;
        return null;
    }

    /// <summary>Deletes the events up to and including a number.</summary>
    public void Delete(string id, long toSequenceNr)
    {
        if (_histories.TryGetValue(id, out var history))
            history.Events.RemoveAll(stored => stored.SequenceNr <= toSequenceNr);
    }

    /// <summary>Ends histories, all or none.</summary>
    /// <returns>Why it could not; null if it did.</returns>
    public DiskConflictException? End(IReadOnlyList<HistoryEnd> ends)
    {
        ArgumentNullException.ThrowIfNull(ends);
        if (ends.FirstOrDefault(end => Read(end.PersistenceId).HighestSequenceNr != end.LastSequenceNr) is { } other)
            return new DiskConflictException($"{other.PersistenceId} does not end with {other.LastSequenceNr}.");
        foreach (var end in ends)
        {
            Delete(end.PersistenceId, end.LastSequenceNr);
            if (end.Tombstone is { } tombstone)
                Append(end.PersistenceId, [tombstone]);
            else
                Forget(end.PersistenceId);
        }

        return null;
    }

    /// <summary>Forgets an id of which no event is left.</summary>
    public void Forget(string id)
    {
        if (_histories.TryGetValue(id, out var history) && history.Events.Count == 0)
            _histories.Remove(id);
    }

    private sealed class History
    {
        public List<StoredEvent> Events { get; } = [];

        public long Highest { get; set; }

        public DiskHistory Read() => new(Highest, [.. Events]);
    }
}
