namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>A newer owner has taken the journal over; this one writes nothing any more.</summary>
public sealed class JournalFencedException(long epoch, long newerEpoch)
    : Exception($"The journal is fenced: epoch {epoch} is over, epoch {newerEpoch} owns it.");
