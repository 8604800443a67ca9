using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// Empties the write-ahead log of an embedded journal soon after anything was written: what was deleted must not stay
/// there.
/// </summary>
/// <remarks>A reader that holds an old state blocks it: then it is tried again until the log is empty.</remarks>
internal sealed class CheckpointActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _database;
    private readonly Action _check;
    private readonly TimeSpan _interval;

    /// <summary>Looks from its start on.</summary>
    /// <param name="database">The database's file.</param>
    /// <param name="check">Throws if it must not be opened.</param>
    /// <param name="interval">How often it looks.</param>
    public CheckpointActor(string database, Action check, TimeSpan interval)
    {
        (_database, _check, _interval) = (database, check, interval);
        Receive<Look>(_ => LookAtLog());
        Receive<Checkpointed>(done => LookAfter(done.IsEmpty ? _interval : RetryDelay));
        Receive<Status.Failure>(failure => TryLater(failure.Cause));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    /// <inheritdoc/>
    protected override void PreStart() => LookAfter(_interval);

    /// <summary>Moves the log into the database and cuts it to nothing.</summary>
    /// <returns>Whether it is empty now.</returns>
    public static bool Checkpoint(string database)
    {
        using var connection = JournalConnections.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        using var row = command.ExecuteReader();
        return row.Read() && row.GetInt64(0) == 0;
    }

    private void LookAfter(TimeSpan delay) => Timers.StartSingleTimer("look", new Look(), delay);

    private void LookAtLog()
    {
        var log = new FileInfo(_database + "-wal");
        if (log is not { Exists: true, Length: > 0 })
        {
            LookAfter(_interval);
            return;
        }

        var (database, check) = (_database, _check);
        Task.Run(() =>
        {
            check();
            return new Checkpointed(Checkpoint(database));
        }).PipeTo(Self);
    }

    private void TryLater(Exception cause)
    {
        if (cause is not (SqliteException or JournalException))
            Context.GetLogger().Error(cause, "The journal's log could not be emptied.");
        else
            Context.GetLogger().Warning(
                "The journal's log could not be emptied and is tried again: {0}", cause.Message);
        LookAfter(RetryDelay);
    }

    private sealed record Look;

    private sealed record Checkpointed(bool IsEmpty);
}
