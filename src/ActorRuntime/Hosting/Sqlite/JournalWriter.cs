using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>The one thread that writes: takes everything that waits into one transaction, then calls back.</summary>
internal sealed class JournalWriter : IDisposable
{
    private static readonly TimeSpan CheckpointRetry = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<WriteOperation> _queue;
    private readonly SqliteJournalOptions _options;
    private readonly SqliteConnection _connection;
    private readonly JournalTables _tables;
    private readonly List<WriteOperation> _batch = [];
    private readonly List<Exception?> _refusals = [];
    private TimeSpan? _untilCheckpoint;
    private long _epoch;
    private long _commits;
    private long _operations;

    public JournalWriter(SqliteConnection connection, BlockingCollection<WriteOperation> queue, SqliteJournalOptions options)
    {
        (_connection, _queue, _options) = (connection, queue, options);
        JournalSchema.Ensure(connection);
        _tables = new JournalTables(connection);
    }

    public long CommitCount => Interlocked.Read(ref _commits);

    public long OperationCount => Interlocked.Read(ref _operations);

    /// <summary>Raises the epoch: from its commit on nobody else writes.</summary>
    public long TakeOver()
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        _epoch = _tables.RaiseEpoch(transaction);
        transaction.Commit();
        return _epoch;
    }

    public void Run()
    {
        while (!_queue.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            if (_queue.TryTake(out var first, _untilCheckpoint ?? Timeout.InfiniteTimeSpan))
                Commit(first);
            _untilCheckpoint -= Stopwatch.GetElapsedTime(started);
            if (_untilCheckpoint <= TimeSpan.Zero)
                _untilCheckpoint = TryCheckpoint() ? null : CheckpointRetry;
        }
    }

    public void Dispose()
    {
        TryCheckpoint();
        _tables.Dispose();
    }

    private void Commit(WriteOperation first)
    {
        _batch.Clear();
        _refusals.Clear();
        _batch.Add(first);
        while (_batch.Count < _options.MaxBatch && _queue.TryTake(out var next))
            _batch.Add(next);
        var failure = _batch.Exists(operation => operation.IsWrite) ? TryCommit() : null;
        for (var i = 0; i < _batch.Count; i++)
            _batch[i].Complete(failure ?? _refusals.ElementAtOrDefault(i));
    }

    private Exception? TryCommit()
    {
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _tables.Enter(transaction);
            var epoch = _tables.ReadEpoch();
            if (epoch != _epoch)
                return new JournalFencedException(_epoch, epoch);
            foreach (var operation in _batch)
                _refusals.Add(operation.Apply(_tables));
            transaction.Commit();
        }
#pragma warning disable CA1031 // Whatever fails, the actors that wait must hear of it, and the next transaction may work.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _tables.ForgetEntities();
            return exception;
        }

        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _operations, _batch.Count);
        if (_batch.Exists(operation => operation.Deletes))
            _untilCheckpoint ??= _options.CheckpointDelay;
        return null;
    }

    /// <summary>Moves the log into the database and truncates it, with what was deleted.</summary>
    /// <returns>False if a reader was in the way, or the disk is full or broken: the next writes will say so to those who wait.</returns>
    private bool TryCheckpoint()
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            using var reader = command.ExecuteReader();
            return reader.Read() && reader.GetInt64(0) == 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
