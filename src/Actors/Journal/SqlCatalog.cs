using LinqToDB;
using LinqToDB.Data;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>The catalog of a journal of Akka.Persistence.Sql, by plain SQL.</summary>
/// <remarks>An event that was changed under the running node has no manifest and no bytes: nobody can read
/// it.</remarks>
internal sealed class SqlCatalog(DataOptions options, JournalSeal seal) : IJournalCatalog
{
    private const string Ids = """
        select distinct persistence_id from journal
        where deleted = 0 and persistence_id >= @first and persistence_id < @end and persistence_id > @after
        order by persistence_id limit @count
        """;

    private const string Events = """
        select persistence_id as PersistenceId, sequence_number as SequenceNr, message as Payload from journal
        where deleted = 0 and persistence_id >= @first and persistence_id <= @last
        order by persistence_id, sequence_number
        """;

    private const string Forget = """
        delete from journal where persistence_id = @id and deleted = 1
        and not exists (select 1 from journal as living where living.persistence_id = @id and living.deleted = 0)
        """;

    public async Task<IReadOnlyList<StoredHistory>> ReadAsync(string prefix, string? after, int maxCount)
    {
        await using var connection = new DataConnection(options);
        var ids = await connection.QueryToListAsync<string>(
            Ids,
            new DataParameter("first", prefix),
            new DataParameter("end", prefix[..^1] + (char)(prefix[^1] + 1)),
            new DataParameter("after", after ?? ""),
            new DataParameter("count", maxCount));
        if (ids.Count == 0)
            return [];
        var rows = await connection.QueryToListAsync<Row>(
            Events, new DataParameter("first", ids[0]), new DataParameter("last", ids[^1]));
        return [.. rows.GroupBy(row => row.PersistenceId).Select(history => new StoredHistory(
            history.Key, [.. history.Select(Open)]))];
    }

    public async Task ForgetAsync(string persistenceId)
    {
        await using var connection = new DataConnection(options);
        await connection.ExecuteAsync(Forget, new DataParameter("id", persistenceId));
    }

    /// <summary>An event's bytes, sealed as they are; null if there is none.</summary>
    public static async Task<byte[]?> BytesAtRestAsync(DataOptions options, string persistenceId, long sequenceNr)
    {
        await using var connection = new DataConnection(options);
        var rows = await connection.QueryToListAsync<byte[]>(
            "select message from journal where deleted = 0 and persistence_id = @id and sequence_number = @number",
            new DataParameter("id", persistenceId),
            new DataParameter("number", sequenceNr));
        return rows.FirstOrDefault();
    }

    private StoredEvent Open(Row row) => seal.TryOpen(row.PersistenceId, row.SequenceNr, row.Payload, out var opened)
        ? opened
        : new StoredEvent(row.SequenceNr, "", default);

    private sealed class Row
    {
        public string PersistenceId { get; set; } = "";

        public long SequenceNr { get; set; }

        public byte[] Payload { get; set; } = [];
    }
}
