using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// The tables of an embedded journal: of events, as Akka.Persistence.Sql wants them, with a trigger that erases what
/// it only marks; and of
/// the total, with triggers that keep it.
/// </summary>
/// <remarks>
/// Deleting leaves the last row of a history, marked, with its payload, so that its number is not used again. The
/// trigger blanks that payload
/// in the same transaction: no key fragment outlives its policy.
/// </remarks>
internal static class JournalSchema
{
    private const long ApplicationId = 0x4E43_504A; // "NCPJ"
    private const long Version = 2;

    private const string Create = $"""
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
        create trigger journal_erase after update of deleted on journal when new.deleted = 1
        begin update journal set message = x'', manifest = '' where ordering = new.ordering; end;
        create table journal_total(one integer primary key check (one = 1), owner blob not null, sealed blob not null);
        create trigger journal_in after insert on journal
        begin update journal_total set sealed = {JournalConnections.CountFunction}(
            sealed, new.persistence_id, new.sequence_number, new.deleted, substr(new.message, -16), 1); end;
        create trigger journal_out after delete on journal
        begin update journal_total set sealed = {JournalConnections.CountFunction}(
            sealed, old.persistence_id, old.sequence_number, old.deleted, substr(old.message, -16), -1); end;
        create trigger journal_change after update on journal when old.deleted = 0 or new.deleted = 0
        begin update journal_total set sealed = {JournalConnections.CountFunction}({JournalConnections.CountFunction}(
            sealed, old.persistence_id, old.sequence_number, old.deleted, substr(old.message, -16), -1),
            new.persistence_id, new.sequence_number, new.deleted, substr(new.message, -16), 1); end;
        """;

    private const string Remedy = "Restore the folder from a copy; keep this one aside, grants may be read from it.";

    /// <summary>What the tables, indices and triggers of a journal are, word for word.</summary>
    private static readonly Lazy<ImmutableArray<string>> Expected = new(ReadExpected);

    /// <summary>
    /// Makes the tables of a new database; of one that is there makes sure that it is a whole journal of this version
    /// and identity, and that
    /// every event is the one that this identity's program wrote in its place.
    /// </summary>
    /// <exception cref="JournalException">It is damaged, another program's, a newer program's, another identity's, or
    /// was changed.</exception>
    public static void Ensure(string database, JournalSeal seal)
    {
        try
        {
            using var connection = JournalConnections.Open(database, seal);
            if (Number(connection, "select count(*) from sqlite_master") == 0)
                Begin(connection, seal);
            Check(connection, database);
            new JournalCheck(connection, database, seal).Run();
        }
        catch (SqliteException cause)
        {
            SqliteConnection.ClearAllPools();
            throw cause.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB
                ? Damaged(database, cause.Message, cause)
                : new JournalException(
                    $"the journal {database} can't be opened: {cause.Message}",
                    "Check that its disk is mounted, writable and has room.", cause);
        }
    }

    private static void Begin(SqliteConnection connection, JournalSeal seal)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            {Create}
            insert into journal_total(one, owner, sealed) values (1, @owner, @sealed);
            pragma application_id = {ApplicationId};
            pragma user_version = {Version};
            """);
        command.Parameters.AddWithValue("owner", seal.Owner);
        command.Parameters.AddWithValue("sealed", seal.Nothing());
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>Writes the version that is there already: a transaction like any other.</summary>
    /// <exception cref="SqliteException">It can't be written.</exception>
    public static void Touch(string database)
    {
        using var connection = JournalConnections.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {Version}");
        command.ExecuteNonQuery();
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
                $"the journal {database} is of version {version}, this program knows {Version}",
                "Use the program that wrote it.");
        }

        if (Text(connection, "pragma quick_check(1)") is var verdict && verdict != "ok")
            throw Damaged(database, verdict, null);
        var words = Words(connection);
        if (words.Except(Expected.Value).Concat(Expected.Value.Except(words)).FirstOrDefault() is { } other)
        {
            var name = other.Split(' ')[0];
            throw new JournalException(
                $"the tables of the journal {database} are not as this program made them: somebody changed {name}",
                "Restore the journal from a copy; what this one deleted may still be in its file.");
        }
    }

    private static ImmutableArray<string> ReadExpected()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Create;
        command.ExecuteNonQuery();
        return Words(connection);
    }

    private static ImmutableArray<string> Words(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "select name || ' ' || type || ' ' || tbl_name || ' ' || coalesce(sql, '') from sqlite_master order by 1";
        using var rows = command.ExecuteReader();
        var words = ImmutableArray.CreateBuilder<string>();
        while (rows.Read())
            words.Add(rows.GetString(0));
        return words.ToImmutable();
    }

    private static JournalException Damaged(string database, string how, Exception? cause) =>
        new($"the journal {database} is damaged: {how}", Remedy, cause);

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
