using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>What a persistent actor begins with.</summary>
/// <param name="HighestSequenceNr">The highest number ever used; 0 if none was.</param>
/// <param name="Events">Those that were not deleted, in order.</param>
public sealed record DiskHistory(long HighestSequenceNr, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>Of an actor that never wrote anything.</summary>
    public static readonly DiskHistory Empty = new(0, []);
}
