using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// Does to a table in memory what a journal's first recovery and first write do, so that the library has translated
/// such queries once when they come: half of a command's start otherwise.
/// </summary>
public static class JournalWarmUp
{
    private const string Create = """
        create table warm(
            ordering integer not null primary key autoincrement, id nvarchar(255) not null, number integer not null,
            deleted bit not null, message varbinary not null)
        """;

    /// <summary>Does it now, on this thread for the most part; what fails will fail where it matters.</summary>
    public static async Task RunAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync();
        await using (var create = memory.CreateCommand())
        {
            create.CommandText = Create;
            await create.ExecuteNonQueryAsync();
        }

        await using var connection = new DataConnection(
            new DataOptions().UseConnection(SQLiteTools(), memory, disposeConnection: false));
        var rows = connection.GetTable<Row>();
        var (id, from, to) = ("warm-up", 1L, long.MaxValue);
        await rows.Where(row => row.Id == id).MaxAsync(row => (long?)row.Number);
        await connection.BulkCopyAsync(
            new BulkCopyOptions { BulkCopyType = BulkCopyType.MultipleRows, UseParameters = true },
            [new Row { Id = id, Number = 1, Message = [1] }, new Row { Id = id, Number = 2, Message = [2] }]);
        await rows.Where(row => row.Id == id && row.Number >= from && row.Number <= to && !row.Deleted)
            .OrderBy(row => row.Number).Take(10).ToListAsync();
    }

    private static LinqToDB.DataProvider.IDataProvider SQLiteTools() =>
        LinqToDB.DataProvider.SQLite.SQLiteTools.GetDataProvider(
            LinqToDB.DataProvider.SQLite.SQLiteProvider.Microsoft);

    [Table("warm")]
    private sealed class Row
    {
        [Column("ordering", IsPrimaryKey = true, IsIdentity = true)]
        public long Ordering { get; set; }

        [Column("id")]
        public string Id { get; set; } = "";

        [Column("number")]
        public long Number { get; set; }

        [Column("deleted")]
        public bool Deleted { get; set; }

        [Column("message")]
        public byte[] Message { get; set; } = [];
    }
}
