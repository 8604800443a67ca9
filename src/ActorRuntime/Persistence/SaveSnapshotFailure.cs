namespace NuCypher.P2P.ActorRuntime;

/// <summary>A snapshot was not written; the actor goes on.</summary>
/// <param name="Metadata">Which.</param>
/// <param name="Cause">Why.</param>
public sealed record SaveSnapshotFailure(SnapshotMetadata Metadata, Exception Cause);
