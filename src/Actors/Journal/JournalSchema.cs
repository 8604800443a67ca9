using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>The tables of an embedded journal, as Akka.Persistence.Sql wants them, and the trigger that erases what it only marks.</summary>
/// <remarks>
/// Deleting leaves the last row of a history, marked, with its payload, so that its number is not used again. The trigger blanks that payload
/// in the same transaction: no key fragment outlives its policy.
/// </remarks>
internal static class JournalSchema
{
    private const long ApplicationId = 0x4E43_504A; // "NCPJ"
    private const long Version = 1;

    private const string Trigger = """
        create trigger journal_erase after update of deleted on journal when new.deleted = 1
        begin update journal set message = x'', manifest = '' where ordering = new.ordering; end
        """;

    private const string Create = $"""
        begin immediate;
        create table journal(
            ordering integer not null primary key autoincrement,
            created integer not null,
            deleted bit not null,
            persistence_id nvarchar(255) not null,
            sequence_number integer not null,
            message varbinary not null,
            tags nvarchar(100) null,
            manifest nvarchar(500) null,
            identifier integer null,
            writer_uuid nvarchar(128) null);
        create unique index journal_uq on journal(persistence_id, sequence_number);
        {Trigger};
        pragma application_id = 1313034314;
        pragma user_version = 1;
        commit;
        """;

    /// <summary>Makes the tables of a new database; of one that is there makes sure that it is a whole journal of this version.</summary>
    /// <exception cref="JournalException">It is damaged, another program's, a newer program's, or was tampered with.</exception>
    public static void Ensure(string database)
    {
        try
        {
            using var connection = JournalConnections.Open(database);
            if (Number(connection, "select count(*) from sqlite_master") == 0)
                Run(connection, Create);
            Check(connection, database);
        }
        catch (SqliteException cause)
        {
            SqliteConnection.ClearAllPools();
            throw cause.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB
                ? Damaged(database, cause.Message, cause)
                : new JournalException(
                    $"the journal {database} can't be opened: {cause.Message}", "Check that its disk is mounted, writable and has room.", cause);
        }
    }

    private static void Check(SqliteConnection connection, string database)
    {
        if (Number(connection, "pragma application_id") != ApplicationId)
        {
            throw new JournalException(
                $"{database} is a database of another program", "Move it away, and restore the journal from a copy.");
        }

        if (Number(connection, "pragma user_version") is not Version and var version)
        {
            throw new JournalException(
                $"the journal {database} is of version {version}, this program knows {Version}", "Use the program that wrote it.");
        }

        if (Text(connection, "pragma quick_check(1)") is var verdict && verdict != "ok")
            throw Damaged(database, verdict, null);
        var trigger = Text(connection, "select sql from sqlite_master where type = 'trigger' and name = 'journal_erase'");
        if (!trigger.Equals(Trigger, StringComparison.OrdinalIgnoreCase)) // SQLite writes the first words in capitals
        {
            throw new JournalException(
                $"the journal {database} lacks the trigger that erases deleted key fragments: somebody changed it",
                "Restore the journal from a copy; what this one deleted may still be in its file.");
        }
    }

    private static JournalException Damaged(string database, string how, Exception? cause) => new(
        $"the journal {database} is damaged: {how}", "Restore the folder from a copy; keep this one aside, grants may be read from it.", cause);

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!; // a pragma or a count is never null
    }

    private static string Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? "";
    }
}
