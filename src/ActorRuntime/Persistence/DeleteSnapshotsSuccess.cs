namespace NuCypher.P2P.ActorRuntime;

/// <summary>Snapshots are deleted.</summary>
/// <param name="Criteria">Which.</param>
public sealed record DeleteSnapshotsSuccess(SnapshotSelectionCriteria Criteria);
