namespace NuCypher.P2P.ActorRuntime;

/// <summary>Snapshots were not deleted.</summary>
/// <param name="Criteria">Which.</param>
/// <param name="Cause">Why.</param>
public sealed record DeleteSnapshotsFailure(SnapshotSelectionCriteria Criteria, Exception Cause);
