namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>One event as the journal keeps it.</summary>
/// <param name="SequenceNr">From one, without gaps.</param>
/// <param name="Manifest">The name of the event's type and version.</param>
/// <param name="Payload">The event's bytes.</param>
public sealed record JournalEntry(long SequenceNr, string Manifest, ReadOnlyMemory<byte> Payload);
