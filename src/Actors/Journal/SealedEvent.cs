namespace NuCypher.P2P.Actors.Journal;

/// <summary>An event as it lies in the database.</summary>
/// <param name="Bytes">What <see cref="JournalSeal.Seal"/> made.</param>
internal sealed record SealedEvent(byte[] Bytes);
