namespace NuCypher.P2P.Actors.Journal;

/// <summary>What is asked of the journal beyond one actor's own history, without waking any actor.</summary>
public interface IJournalCatalog
{
    /// <summary>Histories with at least one event, in ordinal order of their ids.</summary>
    /// <param name="prefix">What the ids begin with.</param>
    /// <param name="after">The id before the first one to be read; null: from the beginning.</param>
    /// <param name="maxCount">At most so many; fewer only at the end.</param>
    Task<IReadOnlyList<StoredHistory>> ReadAsync(string prefix, string? after, int maxCount);

    /// <summary>The histories of these ids, of those that have an event, in ordinal order.</summary>
    Task<IReadOnlyList<StoredHistory>> ReadAsync(IReadOnlyList<string> persistenceIds);

    /// <summary>
    /// Ends histories whose actors are not in memory, all in one transaction or none; an end that is not after the last
    /// event of its history fails.
    /// </summary>
    Task EndAsync(IReadOnlyList<HistoryEnd> ends);

    /// <summary>Forgets an id of which no event is left: its last number too. No effect if there is an event.</summary>
    Task ForgetAsync(string persistenceId);
}
