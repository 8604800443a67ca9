using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>The prepared statements of the writer.</summary>
internal sealed class JournalTables : IDisposable
{
    private const int MaxKnownEntities = 16_384;

    private readonly Dictionary<string, Entity> _entities = [];
    private readonly SqliteCommand _readEpoch;
    private readonly SqliteCommand _raiseEpoch;
    private readonly SqliteCommand _findEntity;
    private readonly SqliteCommand _addEntity;
    private readonly SqliteCommand _addEvent;
    private readonly SqliteCommand _deleteEvents;
    private readonly SqliteCommand _setDeletedTo;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _saveSnapshot;
    private readonly SqliteCommand _deleteSnapshots;

    public JournalTables(SqliteConnection connection)
    {
        _readEpoch = connection.Prepare("select epoch from ownership", 0);
        _raiseEpoch = connection.Prepare("update ownership set epoch = epoch + 1 returning epoch", 0);
        _findEntity = connection.Prepare("""
            select id, max(deleted_to, coalesce((select max(sequence_nr) from event where entity = id), 0))
            from entity where persistence_id = $1
            """, 1);
        _addEntity = connection.Prepare("insert into entity(persistence_id) values($1) returning id", 1);
        _addEvent = connection.Prepare("insert into event(entity, sequence_nr, manifest, payload) values($1, $2, $3, $4)", 4);
        _deleteEvents = connection.Prepare("delete from event where entity = $1 and sequence_nr <= $2", 2);
        _setDeletedTo = connection.Prepare("update entity set deleted_to = max(deleted_to, $2) where id = $1", 2);
        _forget = connection.Prepare("""
            delete from entity where persistence_id = $1
            and not exists(select 1 from event where entity = id) and not exists(select 1 from snapshot where entity = id)
            """, 1);
        _saveSnapshot = connection.Prepare("insert or replace into snapshot values($1, $2, $3, $4, $5)", 5);
        _deleteSnapshots = connection.Prepare("delete from snapshot where entity = $1 and sequence_nr between $2 and $3", 3);
    }

    private SqliteCommand[] All =>
        [_readEpoch, _raiseEpoch, _findEntity, _addEntity, _addEvent, _deleteEvents, _setDeletedTo, _forget, _saveSnapshot, _deleteSnapshots];

    public void Enter(SqliteTransaction transaction)
    {
        foreach (var command in All)
            command.Transaction = transaction;
    }

    public long ReadEpoch() => (long)_readEpoch.ExecuteScalar()!;

    public long RaiseEpoch(SqliteTransaction transaction)
    {
        Enter(transaction);
        return (long)_raiseEpoch.ExecuteScalar()!;
    }

    /// <summary>The entity's row and highest number; the row is made if there is none.</summary>
    public Entity FindOrAdd(string persistenceId)
    {
        if (_entities.TryGetValue(persistenceId, out var known))
            return known;
        if (_entities.Count >= MaxKnownEntities)
            _entities.Clear();
        return _entities[persistenceId] = Find(persistenceId)
            ?? new Entity((long)_addEntity.With(persistenceId).ExecuteScalar()!, 0);
    }

    /// <summary>After a rollback nothing remembered can be trusted.</summary>
    public void ForgetEntities() => _entities.Clear();

    public void Append(Entity entity, JournalEntry entry)
    {
        _addEvent.With(entity.Id, entry.SequenceNr, entry.Manifest, entry.Payload.ToBlob()).ExecuteNonQuery();
        entity.Highest = entry.SequenceNr;
    }

    public void DeleteEntries(Entity entity, long to)
    {
        var last = Math.Min(to, entity.Highest);
        _setDeletedTo.With(entity.Id, last).ExecuteNonQuery();
        _deleteEvents.With(entity.Id, last).ExecuteNonQuery();
    }

    public void Forget(string persistenceId)
    {
        _forget.With(persistenceId).ExecuteNonQuery();
        _entities.Remove(persistenceId);
    }

    public void SaveSnapshot(Entity entity, JournalSnapshot snapshot) => _saveSnapshot.With(
        entity.Id, snapshot.SequenceNr, snapshot.Timestamp.UtcTicks, snapshot.Manifest, snapshot.Payload.ToBlob()).ExecuteNonQuery();

    public void DeleteSnapshots(Entity entity, long min, long max) =>
        _deleteSnapshots.With(entity.Id, min, max).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in All)
            command.Dispose();
    }

    private Entity? Find(string persistenceId)
    {
        using var reader = _findEntity.With(persistenceId).ExecuteReader();
        return reader.Read() ? new Entity(reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    internal sealed class Entity(long id, long highest)
    {
        public long Id => id;

        public long Highest { get; set; } = highest;
    }
}
