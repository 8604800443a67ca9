namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>One snapshot as the journal keeps it.</summary>
/// <param name="SequenceNr">The number of the last event that it contains.</param>
/// <param name="Timestamp">When it was made, UTC.</param>
/// <param name="Manifest">The name of the snapshot's type and version.</param>
/// <param name="Payload">The snapshot's bytes.</param>
public sealed record JournalSnapshot(long SequenceNr, DateTimeOffset Timestamp, string Manifest, ReadOnlyMemory<byte> Payload);
