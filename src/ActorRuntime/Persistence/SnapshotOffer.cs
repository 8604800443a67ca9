namespace NuCypher.P2P.ActorRuntime;

/// <summary>The newest snapshot, before the events that followed it.</summary>
/// <param name="Metadata">What it is a snapshot of.</param>
/// <param name="Snapshot">The state.</param>
public sealed record SnapshotOffer(SnapshotMetadata Metadata, object Snapshot);
