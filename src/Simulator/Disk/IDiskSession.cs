using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// What one process sees of the journal on a disk: events as bytes, under the id of the actor whose they are.
/// </summary>
/// <remarks>
/// Every call returns at once, and calls back once, in the loop and outside of every actor; never if the power is cut
/// before. Calls for one id take effect in the order in which they were made: what is read contains every earlier
/// write. A write is durable before it is called back as done.
/// </remarks>
public interface IDiskSession
{
    /// <summary>Reads all events of an actor.</summary>
    void Read(string id, Action<DiskHistory> completed);

    /// <summary>Reads the histories with at least one event, in ordinal order of their ids.</summary>
    /// <param name="prefix">What the ids begin with.</param>
    /// <param name="after">The id before the first one to be read; null: from the beginning.</param>
    /// <param name="maxCount">At most so many.</param>
    /// <param name="completed">Gets them.</param>
    void List(string prefix, string? after, int maxCount, Action<IReadOnlyList<StoredHistory>> completed);

    /// <summary>
    /// Writes events, all or none. Fails with <see cref="DiskConflictException"/> if a number does not follow the last
    /// one.
    /// </summary>
    void Append(string id, IReadOnlyList<StoredEvent> events, Action<Exception?> completed);

    /// <summary>Deletes the events up to and including a number; their numbers are never used again.</summary>
    void Delete(string id, long toSequenceNr, Action<Exception?> completed);

    /// <summary>Reads the histories of these ids, of those that have an event, in ordinal order.</summary>
    void Read(IReadOnlyList<string> ids, Action<IReadOnlyList<StoredHistory>> completed);

    /// <summary>
    /// Ends histories, all or none; fails with <see cref="DiskConflictException"/> if one has gone on.
    /// </summary>
    void End(IReadOnlyList<HistoryEnd> ends, Action<Exception?> completed);

    /// <summary>
    /// Forgets an id of which no event is left: whoever uses it again begins with number 1. No effect if there is an
    /// event.
    /// </summary>
    void Forget(string id, Action<Exception?> completed);
}
