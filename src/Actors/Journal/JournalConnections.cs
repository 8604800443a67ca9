using System.Data.Common;
using LinqToDB;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// How every connection to an embedded journal is opened, by Akka.Persistence.Sql and by this project alike.
/// </summary>
internal sealed class JournalConnections : ConnectionInterceptor
{
    /// <summary>
    /// Durable before it is acknowledged; what is deleted is overwritten; nothing goes to a temporary file. The cache
    /// holds the index of
    /// some 100,000 policies.
    /// </summary>
    public const string Pragmas = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma secure_delete = on;
        pragma temp_store = memory;
        pragma cache_size = -16384;
        pragma busy_timeout = 5000;
        """;

    /// <summary>
    /// What the triggers call: a total, a row's place, whether it is deleted, its tag, 1 or -1; gives the new total.
    /// </summary>
    public const string CountFunction = "journal_count";

    private readonly JournalSeal _seal;
    private readonly JournalGuard? _guard;

    static JournalConnections() => SQLitePCL.Batteries_V2.Init();

    private JournalConnections(JournalSeal seal, JournalGuard? guard) => (_seal, _guard) = (seal, guard);

    /// <summary>The words that open a database.</summary>
    public static string ConnectionString(string database) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = database,
            Pooling = true,
            Mode = SqliteOpenMode.ReadWrite,
        }.ToString();

    /// <summary>The options that open a database.</summary>
    public static DataOptions OptionsFor(string database, JournalSeal seal, JournalGuard? guard = null) =>
        new DataOptions()
        .UseConnectionString(ProviderName.SQLiteMS, ConnectionString(database))
        .UseInterceptor(new JournalConnections(seal, guard));

    /// <summary>A connection of one's own; without a seal it can't write events.</summary>
    public static SqliteConnection Open(string database, JournalSeal? seal = null)
    {
        var connection = new SqliteConnection(ConnectionString(database));
        connection.Open();
        Apply(connection, seal);
        return connection;
    }

    /// <summary>
    /// SQLite's provider does everything on the calling thread. Without a yield the journal's stream is blocked while
    /// it writes, never sees a second waiting event and commits each alone; with it, what waits is written in one
    /// transaction.
    /// </summary>
    public override async Task ConnectionOpeningAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken) =>
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    /// <inheritdoc/>
    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
    {
        _guard?.Check();
        Apply((SqliteConnection)connection, _seal);
    }

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        ConnectionOpened(eventData, connection);
        return Task.CompletedTask;
    }

    private static void Apply(SqliteConnection connection, JournalSeal? seal)
    {
        if (seal is not null)
        {
            connection.CreateFunction(
                CountFunction,
                (byte[]? total, string id, long number, bool isDeleted, byte[]? tag, int count) =>
                    seal.Count(total, id, number, isDeleted, tag, count));
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
