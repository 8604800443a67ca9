namespace NuCypher.P2P.ActorRuntime;

/// <summary>A snapshot is durable.</summary>
/// <param name="Metadata">Which.</param>
public sealed record SaveSnapshotSuccess(SnapshotMetadata Metadata);
