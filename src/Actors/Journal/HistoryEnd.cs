namespace NuCypher.P2P.Actors.Journal;

/// <summary>The end of a history: one last event stays, or nothing.</summary>
/// <param name="PersistenceId">Whose.</param>
/// <param name="LastSequenceNr">The number of its last event until now.</param>
/// <param name="Tombstone">What stays, with the number after that; null: nothing, and the id begins anew.</param>
public sealed record HistoryEnd(string PersistenceId, long LastSequenceNr, StoredEvent? Tombstone);
