using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Keeps hold of the database's file, so that nothing is written to it once it was deleted, and it can be put
/// back.</summary>
/// <remarks>
/// A deleted file lives on while somebody has it open; what was written to it would be lost with the process. So every
/// use of a connection looks first whether the file still stands at its path. Once it was put back, the old one stays
/// locked: who opened it before can't write.
/// </remarks>
internal sealed class JournalGuard : IDisposable
{
    private readonly string _database;
    private readonly Lock _lock = new();
    private readonly List<SqliteConnection> _closed = [];
    private SqliteConnection _reader;
    private SqliteConnection _writer;
    private volatile string? _identity;

    /// <summary>Takes hold of a database that is there.</summary>
    public JournalGuard(string database)
    {
        _database = database;
        (_reader, _writer, _identity) = (Hold(), Hold(), FileIdentity.Of(database));
    }

    private bool IsGone => _identity is not null && FileIdentity.Of(_database) is null;

    /// <summary>Makes sure that the file is the one that was opened.</summary>
    /// <exception cref="JournalException">It was deleted, or another one is in its place.</exception>
    public void Check()
    {
        if (_identity is { } known && FileIdentity.Of(_database) != known)
            throw new JournalException($"{_database} was deleted or replaced under the running node",
                "It is put back soon; leave the folder alone.");
    }

    /// <summary>Puts the file back if it was deleted; another one in its place stays there.</summary>
    /// <param name="prepare">Makes the folder again.</param>
    /// <returns>Whether it was gone.</returns>
    public bool TryPutBack(Action prepare)
    {
        lock (_lock)
        {
            if (!IsGone)
                return false;
            prepare();
            if (!_closed.Contains(_writer))
            {
                Run(_writer, "begin immediate"); // never ended: what is being written now is the last
                _closed.Add(_writer);
            }

            WriteCopy();
            _reader.Dispose();
            (_reader, _writer, _identity) = (Hold(), Hold(), FileIdentity.Of(_database));
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _closed.Append(_reader).Append(_writer))
            connection.Dispose();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void WriteCopy()
    {
        var copy = _database + ".new";
        File.Delete(copy);
        JournalFolder.MakeFile(copy);
        using (var command = _reader.CreateCommand())
        {
            command.CommandText = "vacuum into @copy";
            command.Parameters.AddWithValue("copy", copy);
            command.ExecuteNonQuery();
        }

        using (var file = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Delete(_database + "-wal"); // of the old file: the new one has none yet
        File.Delete(_database + "-shm");
        File.Move(copy, _database, overwrite: true);
        using var pool = new SqliteConnection(JournalConnections.ConnectionString(_database));
        SqliteConnection.ClearPool(pool);
    }

    // Not pooled; it has read once, so that the file and its log are open.
    private SqliteConnection Hold()
    {
        var pooled = JournalConnections.ConnectionString(_database);
        var words = new SqliteConnectionStringBuilder(pooled) { Pooling = false };
        var connection = new SqliteConnection(words.ToString());
        connection.Open();
        Run(connection, JournalConnections.Pragmas);
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from journal_total";
        command.ExecuteScalar();
        return connection;
    }
}
