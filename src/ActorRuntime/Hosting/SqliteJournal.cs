using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>A journal in a SQLite database: one process, one writer thread, everything that waits in one transaction.</summary>
/// <remarks>
/// WAL with <c>synchronous=FULL</c>: what was called back as done survives a power cut. Deleted bytes are overwritten
/// (<c>secure_delete</c>), and leave the write-ahead log within <see cref="SqliteJournalOptions.CheckpointDelay"/>. Files have mode 0600.
/// Calls back on its own threads.
/// </remarks>
public sealed class SqliteJournal : IJournal, IDisposable
{
    private readonly BlockingCollection<WriteOperation> _writes;
    private readonly BlockingCollection<ReadOperation> _reads;
    private readonly List<Thread> _readers = [];
    private readonly JournalFolder _folder;
    private readonly JournalWriter _writer;
    private readonly Thread _writerThread;
    private int _isDisposed;

    private SqliteJournal(JournalFolder folder, SqliteJournalOptions options)
    {
        _folder = folder;
        _writes = new BlockingCollection<WriteOperation>(options.MaxPending);
        _reads = new BlockingCollection<ReadOperation>(options.MaxPending);
        _writer = new JournalWriter(folder.Open(), _writes, options);
        Epoch = _writer.TakeOver();
        _writerThread = Start("journal writer", _writer.Run);
        for (var i = 0; i < options.Readers; i++)
        {
            var reader = new JournalReader(folder.Open(), _reads, options.PageSize);
            _readers.Add(Start("journal reader", reader.Run));
        }
    }

    /// <summary>The number of this ownership: one more at every opening.</summary>
    public long Epoch { get; }

    /// <summary>How many transactions were committed.</summary>
    public long CommitCount => _writer.CommitCount;

    /// <summary>How many operations were committed in them.</summary>
    public long OperationCount => _writer.OperationCount;

    /// <summary>Opens the journal in a folder, and makes both if they don't exist.</summary>
    /// <exception cref="JournalLockedException">Another process has it open.</exception>
    /// <exception cref="JournalUnusableException">It cannot be opened.</exception>
    public static SqliteJournal Open(string folder, SqliteJournalOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SQLitePCL.Batteries_V2.Init();
        var locked = JournalFolder.Lock(folder);
        try
        {
            return new SqliteJournal(locked, options ?? SqliteJournalOptions.Default);
        }
        catch (SqliteException exception)
        {
            locked.Dispose();
            throw new JournalUnusableException(folder, exception.Message, exception);
        }
        catch (JournalUnusableException)
        {
            locked.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Recover(string persistenceId, Action<JournalRecovery> completed) =>
        Read(new RecoverOperation(persistenceId, completed));

    /// <inheritdoc/>
    public void Replay(string persistenceId, long afterSequenceNr, Action<IReadOnlyList<JournalEntry>, Exception?> completed) =>
        Read(new ReplayOperation(persistenceId, afterSequenceNr, completed));

    /// <inheritdoc/>
    public void ReadPersistenceIds(
        string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) =>
        Read(new ReadIdsOperation(prefix, after, maxCount, completed));

    /// <inheritdoc/>
    public void Append(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) =>
        Write(new AppendOperation(persistenceId, entries, completed));

    /// <inheritdoc/>
    public void DeleteEntries(string persistenceId, long toSequenceNr, Action<Exception?> completed) =>
        Write(new DeleteEntriesOperation(persistenceId, toSequenceNr, completed));

    /// <inheritdoc/>
    public void Forget(string persistenceId, Action<Exception?> completed) => Write(new ForgetOperation(persistenceId, completed));

    /// <inheritdoc/>
    public void SaveSnapshot(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) =>
        Write(new SaveSnapshotOperation(persistenceId, snapshot, completed));

    /// <inheritdoc/>
    public void DeleteSnapshots(string persistenceId, long minSequenceNr, long maxSequenceNr, Action<Exception?> completed) =>
        Write(new DeleteSnapshotsOperation(persistenceId, minSequenceNr, maxSequenceNr, completed));

    /// <summary>Commits what waits, empties the write-ahead log, closes the files, and lets other processes in.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _writes.CompleteAdding();
        _writerThread.Join();
        _reads.CompleteAdding();
        _readers.ForEach(reader => reader.Join());
        _writer.Dispose();
        _writes.Dispose();
        _reads.Dispose();
        _folder.Dispose();
    }

    private static Thread Start(string name, ThreadStart run)
    {
        var thread = new Thread(run) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    /// <summary>A read queues behind the writes that came before it, so that it sees them.</summary>
    private void Read(ReadOperation operation) => Write(new ReadAfterWrites(_reads, operation));

    private void Write(WriteOperation operation)
    {
        if (TryAdd(operation) is { } refusal)
            operation.Complete(refusal);
    }

    private Exception? TryAdd(WriteOperation operation)
    {
        try
        {
            return _writes.TryAdd(operation) ? null : new JournalOverflowException(_writes.BoundedCapacity);
        }
        catch (InvalidOperationException)
        {
            return new ObjectDisposedException(nameof(SqliteJournal)); // closed for adding, or gone
        }
    }
}
