using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Keeps hold of the database's files, so that nothing is written to them once one was deleted, and they can
/// be put back.</summary>
/// <remarks>
/// A deleted file lives on while somebody has it open; what was written to it would be lost with the process. So every
/// use of a connection looks first whether database, log and index still stand at their paths: as long as it has one
/// open, SQLite only cuts them. Once the database was put back, the old one stays locked: who opened it before can't
/// write.
/// </remarks>
internal sealed class JournalGuard : IDisposable
{
    private readonly string _database;
    private readonly string[] _files;
    private readonly Lock _lock = new();
    private readonly List<SqliteConnection> _closed = [];
    private SqliteConnection _reader;
    private SqliteConnection _writer;
    private volatile string?[] _identities;

    /// <summary>Takes hold of a database that is there.</summary>
    public JournalGuard(string database)
    {
        _database = database;
        _files = [database, .. JournalFolder.Companions.Select(ending => database + ending)];
        (_reader, _writer, _identities) = (Hold(), Hold(), ReadIdentities());
    }

    // A pipe in the place of one is not gone: it must not be opened, and stays until somebody moves it away.
    private bool IsGone => _files.Zip(_identities, (file, known) => (file, known))
        .Any(held => held.known is not null && FileIdentity.Of(held.file) is null);

    /// <summary>Makes sure that the files are those that were opened.</summary>
    /// <exception cref="JournalException">One was deleted, or another one is in its place.</exception>
    public void Check()
    {
        var identities = _identities;
        for (var i = 0; i < _files.Length; i++)
        {
            if (identities[i] is { } known && FileIdentity.Of(_files[i]) is var now && now != known)
                throw Missing(_files[i], now);
        }
    }

    /// <summary>Puts the files back if one was deleted; another one in its place stays there.</summary>
    /// <param name="prepare">Makes the folder again.</param>
    /// <returns>Whether one was gone.</returns>
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
            (_reader, _writer, _identities) = (Hold(), Hold(), ReadIdentities());
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _closed.Append(_reader).Append(_writer))
            connection.Dispose();
    }

    private static JournalException Missing(string file, string? now) => now is null
        ? new($"{file} was deleted under the running node", "It is put back soon; leave the folder alone.")
        : new($"{file} was replaced under the running node: move away what is there now",
            "The journal is put back then.");

    private string?[] ReadIdentities() => [.. _files.Select(FileIdentity.Of)];

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
        foreach (var ending in JournalFolder.Companions)
            File.Delete(_database + ending); // of the old file: the new one has none yet
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
