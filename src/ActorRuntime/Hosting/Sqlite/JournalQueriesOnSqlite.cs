using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>The prepared statements of a reader.</summary>
internal sealed class JournalQueriesOnSqlite : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _entity;
    private readonly SqliteCommand _snapshot;
    private readonly SqliteCommand _page;
    private readonly SqliteCommand _ids;

    public JournalQueriesOnSqlite(SqliteConnection connection, int pageSize)
    {
        _connection = connection;
        connection.Execute("pragma query_only = on");
        _entity = connection.Prepare("""
            select id, deleted_to, max(deleted_to, coalesce((select max(sequence_nr) from event where entity = id), 0))
            from entity where persistence_id = $1
            """, 1);
        _snapshot = connection.Prepare("""
            select sequence_nr, timestamp, manifest, payload from snapshot where entity = $1 order by sequence_nr desc limit 1
            """, 1);
        _page = connection.Prepare($"""
            select sequence_nr, manifest, payload from event
            where entity = $1 and sequence_nr > $2 order by sequence_nr limit {pageSize}
            """, 2);
        _ids = connection.Prepare("""
            select persistence_id from entity
            where persistence_id >= $1 and persistence_id < $2 and persistence_id > $3
            and (exists(select 1 from event where entity = id) or exists(select 1 from snapshot where entity = id))
            order by persistence_id limit $4
            """, 4);
    }

    public JournalRecovery Recover(string persistenceId)
    {
        using var transaction = Begin();
        if (FindEntity(persistenceId) is not { } entity)
            return new JournalRecovery(null, 0, 0, [], null);
        var recovery = new JournalRecovery(ReadSnapshot(entity.Id), entity.DeletedTo, entity.Highest, [], null);
        return recovery with { Entries = ReadPage(entity.Id, recovery.StartSequenceNr) };
    }

    public IReadOnlyList<JournalEntry> Page(string persistenceId, long after)
    {
        using var transaction = Begin();
        return FindEntity(persistenceId) is { } entity ? ReadPage(entity.Id, after) : [];
    }

    public IReadOnlyList<string> PersistenceIds(string prefix, string? after, int maxCount)
    {
        using var transaction = Begin();
        var ids = new List<string>();
        using var reader = _ids.With(prefix, prefix + "\U0010FFFF", after ?? string.Empty, maxCount).ExecuteReader();
        while (reader.Read())
            ids.Add(reader.GetString(0));
        return ids;
    }

    public void Dispose()
    {
        _entity.Dispose();
        _snapshot.Dispose();
        _page.Dispose();
        _ids.Dispose();
    }

    private SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction(deferred: true);
        _entity.Transaction = _snapshot.Transaction = _page.Transaction = _ids.Transaction = transaction;
        return transaction;
    }

    private (long Id, long DeletedTo, long Highest)? FindEntity(string persistenceId)
    {
        using var reader = _entity.With(persistenceId).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) : null;
    }

    private JournalSnapshot? ReadSnapshot(long entity)
    {
        using var reader = _snapshot.With(entity).ExecuteReader();
        return reader.Read()
            ? new JournalSnapshot(
                reader.GetInt64(0), new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero), reader.GetString(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    private List<JournalEntry> ReadPage(long entity, long after)
    {
        var entries = new List<JournalEntry>();
        using var reader = _page.With(entity, after).ExecuteReader();
        while (reader.Read())
            entries.Add(new JournalEntry(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        return entries;
    }
}
