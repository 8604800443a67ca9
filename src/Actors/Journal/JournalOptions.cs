namespace NuCypher.P2P.Actors.Journal;

/// <summary>How a node's journal works.</summary>
public sealed record JournalOptions
{
    /// <summary>How often the write-ahead log is emptied, so that no file holds what was deleted; 10 seconds.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most events in one transaction; 1,000, some 20 ms of work.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>
    /// Npgsql's words for a database of a PostgreSQL server that keeps the journal; empty: it is embedded, in the data
    /// folder. May have a password in it: secret.
    /// </summary>
    public string Postgresql { get; init; } = "";

    /// <summary>The type; nothing of the secret.</summary>
    public override string ToString() => nameof(JournalOptions);
}
