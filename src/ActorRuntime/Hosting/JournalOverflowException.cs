namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Too many operations wait for the journal; this one was refused.</summary>
public sealed class JournalOverflowException(int limit)
    : Exception($"{limit} operations wait for the journal already.");
