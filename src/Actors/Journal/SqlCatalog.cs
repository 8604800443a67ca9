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
        where deleted = false and persistence_id >= @first and persistence_id < @end and persistence_id > @after
        order by persistence_id limit @count
        """;

    private const string Events = """
        select persistence_id as "PersistenceId", sequence_number as "SequenceNr", message as "Payload" from journal
        where deleted = false and persistence_id >= @first and persistence_id <= @last
        order by persistence_id, sequence_number
        """;

    private const string EventsOf = """
        select persistence_id as PersistenceId, sequence_number as SequenceNr, message as Payload from journal
        where deleted = 0 and persistence_id in (@ids)
        order by persistence_id, sequence_number
        """;

    private const string Ready = """
        with ended(id, number, bytes) as (values @rows)
        select count(*) from ended where number = (
            select max(sequence_number) from journal where persistence_id = ended.id)
        """;

    // The last row lends what every row of the journal has alike: serializer and writer.
    private const string Bury = """
        with ended(id, number, bytes) as (values @rows)
        insert into journal(
            created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
        select last.created, 0, last.persistence_id, last.sequence_number + 1, ended.bytes, last.tags, last.manifest,
            last.identifier, last.writer_uuid
        from ended join journal as last on last.persistence_id = ended.id and last.sequence_number = ended.number
        where ended.bytes is not null
        """;

    private const string Erase = """
        with ended(id, number, bytes) as (values @rows)
        delete from journal where ordering in (
            select old.ordering from ended
            join journal as old on old.persistence_id = ended.id and old.sequence_number <= ended.number)
        """;

    private const string Forget = """
        delete from journal where persistence_id = @id and deleted = true
        and not exists (select 1 from journal as living where living.persistence_id = @id and living.deleted = false)
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
        return HistoriesOf(rows);
    }

    public async Task<IReadOnlyList<StoredHistory>> ReadAsync(IReadOnlyList<string> persistenceIds)
    {
        if (persistenceIds.Count == 0)
            return [];
        await using var connection = new DataConnection(options);
        DataParameter[] ids = [.. persistenceIds.Select((id, i) => new DataParameter($"i{i}", id))];
        var names = string.Join(", ", ids.Select(id => "@" + id.Name));
        return HistoriesOf(await connection.QueryToListAsync<Row>(
            EventsOf.Replace("@ids", names, StringComparison.Ordinal), ids));
    }

    public async Task EndAsync(IReadOnlyList<HistoryEnd> ends)
    {
        if (ends.Count == 0)
            return;
        var rows = string.Join(", ", ends.Select((_, i) => $"(@i{i}, @n{i}, @b{i})"));
        DataParameter[] values = [.. ends.SelectMany(ValuesOf)];
        await using var connection = new DataConnection(options);
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteAsync<long>(Of(Ready), values) != ends.Count)
            throw new InvalidOperationException("A history that was to end has gone on.");
        await connection.ExecuteAsync(Of(Bury), values);
        await connection.ExecuteAsync(Of(Erase), values);
        await transaction.CommitAsync();

        string Of(string sql) => sql.Replace("@rows", rows, StringComparison.Ordinal);
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
            "select message from journal where deleted = false and persistence_id = @id and sequence_number = @number",
            new DataParameter("id", persistenceId),
            new DataParameter("number", sequenceNr));
        return rows.FirstOrDefault();
    }

    private IEnumerable<DataParameter> ValuesOf(HistoryEnd end, int i)
    {
        yield return new DataParameter($"i{i}", end.PersistenceId);
        yield return new DataParameter($"n{i}", end.LastSequenceNr);
        yield return new DataParameter($"b{i}", end.Tombstone is { } last
            ? seal.Seal(end.PersistenceId, last.SequenceNr, last.Manifest, last.Payload.Span)
            : null, DataType.VarBinary);
    }

    private IReadOnlyList<StoredHistory> HistoriesOf(IEnumerable<Row> rows) =>
        [.. rows.GroupBy(row => row.PersistenceId).Select(history => new StoredHistory(
            history.Key, [.. history.Select(Open)]))];

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
