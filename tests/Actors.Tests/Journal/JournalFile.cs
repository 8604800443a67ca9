using Microsoft.Data.Sqlite;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Actors.Tests.Journal;

/// <summary>A journal's database in the hands of whoever has the disk.</summary>
internal static class JournalFile
{
    /// <summary>Changes it, by SQL.</summary>
    /// <param name="database">The file.</param>
    /// <param name="sql">What is done; <c>@message</c> stands for the message.</param>
    /// <param name="seal">Null: whoever does it has no key, and silences the triggers.</param>
    /// <param name="message">For the SQL.</param>
    public static void Change(string database, string sql, JournalSeal? seal = null, byte[]? message = null)
    {
        using var connection = JournalConnections.Open(database, seal);
        if (seal is null)
        {
            connection.CreateFunction(
                JournalConnections.CountFunction, (byte[] total, string _, long _, bool _, byte[] _, int _) => total);
        }

        using (var command = connection.CreateCommand())
        {
            command.CommandText = sql;
            command.Parameters.AddWithValue("message", message ?? []);
            command.ExecuteNonQuery();
        }

        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Reads a blob out of it.</summary>
    public static byte[] Value(string database, string sql) => (byte[])Read(database, sql);

    /// <summary>Reads a number out of it.</summary>
    public static long Number(string database, string sql) => (long)Read(database, sql);

    /// <summary>All files of the journal together.</summary>
    public static byte[] Read(string database) =>
        [.. Directory.GetFiles(Path.GetDirectoryName(database)!, "journal.db*").SelectMany(File.ReadAllBytes)];

    private static object Read(string database, string sql)
    {
        using var connection = JournalConnections.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var value = command.ExecuteScalar()!;
        SqliteConnection.ClearPool(connection);
        return value;
    }
}
