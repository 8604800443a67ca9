namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Where persistent actors keep events and snapshots, as bytes.</summary>
/// <remarks>
/// Every call returns at once and calls back once, from any thread. Calls for one persistence id take effect in the order in which they
/// were made: what is recovered contains every earlier write. A write is durable before it is called back as done.
/// </remarks>
public interface IJournal
{
    /// <summary>Reads the newest snapshot and the first events after it.</summary>
    void Recover(string persistenceId, Action<JournalRecovery> completed);

    /// <summary>Reads more events, in order, at most as many as the journal likes.</summary>
    /// <param name="persistenceId">Whose.</param>
    /// <param name="afterSequenceNr">The number before the first one to be read.</param>
    /// <param name="completed">Gets the events, or the failure.</param>
    void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed);

    /// <summary>Writes events, all or none. Fails with <see cref="JournalConflictException"/> if a number exists already.</summary>
    void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed);

    /// <summary>Deletes the events up to and including a number; their numbers are never used again.</summary>
    void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed);

    /// <summary>
    /// Forgets an id of which no event and no snapshot is left: whoever uses it again begins with number 1. Has no effect while
    /// something is left. Only for ids that no actor has at the moment.
    /// </summary>
    void Forget(string persistenceId, Action<Exception?> completed);

    /// <summary>Writes a snapshot; replaces one of the same number.</summary>
    void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed);

    /// <summary>Deletes the snapshots between two numbers, both included.</summary>
    void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed);

    /// <summary>Reads the ids that have at least one event or snapshot, ordinal order.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="after">The id before the first one to be read; null from the beginning.</param>
    /// <param name="maxCount">At most so many.</param>
    /// <param name="completed">Gets the ids, or the failure.</param>
    void ReadPersistenceIds(string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed);
}
