namespace NuCypher.P2P.Actors.Journal;

/// <summary>The events of one persistent actor, in order.</summary>
/// <param name="PersistenceId">Whose.</param>
/// <param name="Events">At least one.</param>
public sealed record StoredHistory(string PersistenceId, IReadOnlyList<StoredEvent> Events);
