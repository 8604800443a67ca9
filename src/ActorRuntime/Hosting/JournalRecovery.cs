namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>What a persistent actor begins with.</summary>
/// <param name="Snapshot">The newest snapshot; null if there is none.</param>
/// <param name="DeletedTo">The number up to which events were deleted; 0 if none were.</param>
/// <param name="HighestSequenceNr">The highest number ever used; 0 if none was.</param>
/// <param name="Entries">The first events after snapshot and deletion.</param>
/// <param name="Failure">Why nothing could be read; null if it could.</param>
public sealed record JournalRecovery(
    JournalSnapshot? Snapshot, long DeletedTo, long HighestSequenceNr, IReadOnlyList<JournalEntry> Entries, Exception? Failure)
{
    /// <summary>The number of the last event that needs no replay.</summary>
    public long StartSequenceNr => Math.Max(Snapshot?.SequenceNr ?? 0, DeletedTo);

    /// <summary>Nothing could be read.</summary>
    public static JournalRecovery Failed(Exception failure) => new(null, 0, 0, [], failure);
}
