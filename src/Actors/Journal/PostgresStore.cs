using System.Data.Common;
using LinqToDB;
using Npgsql;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>A journal in a database of a PostgreSQL server; one process at a time has it.</summary>
/// <remarks>
/// Who has it holds a lock of the server's, and with it a connection. Events are sealed as in the embedded journal;
/// that rows are missing is not noticed, because a trigger on the server can't have the key that counts them, and what
/// was deleted stays in the server's files until it overwrites them.
/// </remarks>
internal sealed class PostgresStore : IJournalStore
{
    private const int LockKind = 0x4E43_504A; // "NCPJ"
    private const string LockNotAvailable = "55P03";

    // Patient: the server needs a moment to see that a killed process is gone.
    private const string TakeLock = """
        set lock_timeout = '3s';
        select pg_advisory_lock(@kind, hashtext(current_database() || '.' || current_schema()));
        """;

    private readonly NpgsqlDataSource _source;
    private readonly string _name;
    private readonly Lock _lock = new();
    private NpgsqlConnection _holder;

    private PostgresStore(NpgsqlDataSource source, NpgsqlConnection holder, string words, string name)
    {
        (_source, _holder, _name) = (source, holder, name);
        Options = new DataOptions().UseConnectionString(Provider, words);
    }

    /// <inheritdoc/>
    public string? Folder => null;

    /// <inheritdoc/>
    public DataOptions Options { get; }

    /// <inheritdoc/>
    public string Provider => ProviderName.PostgreSQL15;

    /// <inheritdoc/>
    public bool IsCopy { get; private set; }

    /// <summary>Begins a journal in a database, or opens the one that is there.</summary>
    /// <param name="words">Npgsql's words for it.</param>
    /// <param name="mayBegin">False: it must be there already; one that is gone is a loss, not a first start.</param>
    /// <param name="seal">Of the identity.</param>
    /// <exception cref="JournalException">It can't be used; the message says why.</exception>
    public static PostgresStore Open(string words, bool mayBegin, JournalSeal seal)
    {
        var (durable, name) = Read(words);
        var source = NpgsqlDataSource.Create(durable);
        PostgresStore? store = null;
        try
        {
            store = new PostgresStore(source, Hold(source, name), durable, name);
            using var connection = source.OpenConnection();
            PostgresSchema.Ensure(connection, name, mayBegin, seal);
            store.IsCopy = !PostgresSchema.IsNoted(connection);
            return store;
        }
        catch (DbException cause)
        {
            Close(store, source);
            throw new JournalException(
                $"the journal in {name} can't be opened: {cause.Message}",
                "Check that the server runs, and that nucypher.journal.postgresql names it, a database and a user.",
                cause);
        }
        catch
        {
            Close(store, source);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Accept()
    {
        using var connection = _source.OpenConnection();
        PostgresSchema.Note(connection);
        IsCopy = false;
    }

    /// <inheritdoc/>
    public void Probe()
    {
        lock (_lock)
        {
            if (!CanAsk("select 1"))
            {
                _holder.Dispose();
                _holder = Hold(_source, _name);
            }
        }

        using var connection = _source.OpenConnection();
        PostgresSchema.Touch(connection);
    }

    /// <inheritdoc/>
    /// <remarks>None: the server cleans up by itself.</remarks>
    public void StartUpkeep(IActorRefFactory system, JournalOptions options)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CanAsk("select 1 from pg_advisory_unlock_all()"); // at once, and not when the server sees the connection end
        _holder.Dispose();
        _source.Dispose();
        NpgsqlConnection.ClearAllPools(); // of Akka.Persistence.Sql's connections, by words of our own
    }

    private static void Close(PostgresStore? store, NpgsqlDataSource source)
    {
        store?.Dispose();
        source.Dispose();
    }

    // Acknowledged is durable, whatever the server's own default.
    private static (string Words, string Name) Read(string words)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(words);
            read.Options = $"{read.Options} -c synchronous_commit=on".Trim();
            return (read.ToString(), $"PostgreSQL {read.Host}, database {read.Database ?? read.Username}");
        }
        catch (ArgumentException)
        {
            throw new JournalException(
                "nucypher.journal.postgresql is no connection string", // which may have a password
                "Write it as Host=127.0.0.1;Database=node;Username=node;Passfile=/path.");
        }
    }

    private static NpgsqlConnection Hold(NpgsqlDataSource source, string name)
    {
        var connection = source.OpenConnection();
        try
        {
            using var command = new NpgsqlCommand(TakeLock, connection);
            command.Parameters.AddWithValue("kind", LockKind);
            command.ExecuteNonQuery();
            return connection;
        }
        catch (PostgresException cause) when (cause.SqlState == LockNotAvailable)
        {
            connection.Dispose();
            throw new JournalException(
                $"the journal in {name} is in use by another process",
                "Stop the node, or wait for the command, that uses it; or give this one a database of its own.", cause);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private bool CanAsk(string sql)
    {
        try
        {
            using var command = new NpgsqlCommand(sql, _holder);
            return command.ExecuteScalar() is 1;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            return false;
        }
    }
}
