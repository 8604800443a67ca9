using NuCypher.P2P.ActorRuntime.Configuration;

namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>The limits of a <see cref="SqliteJournal"/>.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>The defaults.</summary>
    public static readonly SqliteJournalOptions Default = new();

    /// <summary>How many operations one transaction takes at most; default 4,096, some 20 ms of work.</summary>
    public int MaxBatch { get; init; } = 4096;

    /// <summary>How many operations may wait; default 200,000. Each actor has at most a few, so this is a limit on actors.</summary>
    public int MaxPending { get; init; } = 200_000;

    /// <summary>How many threads read for recoveries; default 2.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>How many events are read at a time; default 1,000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>How soon after a deletion the write-ahead log is emptied, so that no file holds the deleted bytes; default 10 s.</summary>
    public TimeSpan CheckpointDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The defaults, changed by what the block <c>akka.persistence.journal.sqlite</c> of a configuration says.</summary>
    /// <exception cref="ConfigurationException">A value makes no sense.</exception>
    public static SqliteJournalOptions FromConfig(ConfigSection sqlite)
    {
        ArgumentNullException.ThrowIfNull(sqlite);
        return new SqliteJournalOptions
        {
            MaxBatch = sqlite.GetInt32("max-batch", Default.MaxBatch, min: 1),
            MaxPending = sqlite.GetInt32("max-pending", Default.MaxPending, min: 1),
            Readers = sqlite.GetInt32("readers", Default.Readers, min: 1, max: 64),
            PageSize = sqlite.GetInt32("page-size", Default.PageSize, min: 1),
            CheckpointDelay = sqlite.GetTimeSpan("checkpoint-delay", Default.CheckpointDelay),
        };
    }
}
