namespace NuCypher.P2P.Actors.Journal;

/// <summary>One event as the journal keeps it.</summary>
/// <param name="SequenceNr">Its number in its history, from 1.</param>
/// <param name="Manifest">Kind and version.</param>
/// <param name="Payload">Its bytes, unread.</param>
public readonly record struct StoredEvent(long SequenceNr, string Manifest, ReadOnlyMemory<byte> Payload);
