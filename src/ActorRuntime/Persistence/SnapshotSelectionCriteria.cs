namespace NuCypher.P2P.ActorRuntime;

/// <summary>Which snapshots.</summary>
/// <param name="MaxSequenceNr">The highest number, included.</param>
/// <param name="MinSequenceNr">The lowest number, included.</param>
public sealed record SnapshotSelectionCriteria(long MaxSequenceNr, long MinSequenceNr = 0)
{
    /// <summary>All of them.</summary>
    public static readonly SnapshotSelectionCriteria Latest = new(long.MaxValue);
}
