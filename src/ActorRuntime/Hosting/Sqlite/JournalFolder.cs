using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>The folder of a journal, locked for this process: database, its log, and the lock file.</summary>
internal sealed class JournalFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly List<SqliteConnection> _connections = [];
    private readonly string _database;
    private readonly FileStream _lock;

    private JournalFolder(string folder, FileStream locked) =>
        (_database, _lock) = (Path.Combine(folder, "journal.db"), locked);

    public static JournalFolder Lock(string folder)
    {
        JournalFolder? locked = null;
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            locked = new JournalFolder(folder, LockFile(folder));
            OpenPrivate(locked._database, FileShare.ReadWrite).Dispose(); // SQLite would not make it private
            return locked;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            locked?.Dispose();
            throw new JournalUnusableException(folder, exception.Message, exception);
        }
    }

    /// <summary>A connection with the settings that durability and deletion need.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_database};Pooling=False");
        _connections.Add(connection);
        connection.Open();
        connection.Execute("""
            pragma journal_mode = wal;
            pragma synchronous = full;
            pragma secure_delete = on;
            pragma temp_store = memory;
            pragma cache_size = -16384;
            pragma busy_timeout = 5000;
            """);
        return connection;
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _lock.Dispose();
    }

    private static FileStream LockFile(string folder)
    {
        var path = Path.Combine(folder, "journal.lock");
        try
        {
            return OpenPrivate(path, FileShare.None);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(path))
        {
            throw new JournalLockedException(folder, exception);
        }
    }

    private static FileStream OpenPrivate(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
