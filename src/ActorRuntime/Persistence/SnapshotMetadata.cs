namespace NuCypher.P2P.ActorRuntime;

/// <summary>What a snapshot is a snapshot of.</summary>
/// <param name="PersistenceId">Whose.</param>
/// <param name="SequenceNr">The number of the last event that it contains.</param>
/// <param name="Timestamp">When it was made, UTC.</param>
public sealed record SnapshotMetadata(string PersistenceId, long SequenceNr, DateTime Timestamp);
