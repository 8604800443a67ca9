using Microsoft.Data.Sqlite;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Takes a journal's events out while a node writes to it, and makes a new journal of them.</summary>
public static class JournalCopy
{
    private const string Rows =
        "select persistence_id, sequence_number, message from journal where deleted = 0 "
        + "order by persistence_id, sequence_number";

    private const string Insert = """
        insert into journal(created, deleted, persistence_id, sequence_number, message, manifest, identifier,
            writer_uuid)
        values (@created, 0, @id, @number, @message, @manifest, @identifier, 'restored')
        """;

    /// <summary>Every history as of one moment, opened; read as it is enumerated.</summary>
    /// <exception cref="JournalException">It is gone, of another format or identity, or was changed.</exception>
    public static IEnumerable<StoredHistory> Read(string folder, Identity identity)
    {
        JournalFolder.Require(folder);
        var database = Path.Combine(folder, JournalFolder.DatabaseName);
        using var seal = new JournalSeal(identity.JournalKey, new OperatingSystemRandom());
        using var connection = JournalConnections.Open(database, seal);
        using var transaction = connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.CommandText = Rows;
        using var rows = command.ExecuteReader();
        List<StoredEvent> events = [];
        string? id = null;
        while (rows.Read())
        {
            if (id is not null && rows.GetString(0) != id)
                yield return new StoredHistory(id, Taken(events));
            id = rows.GetString(0);
            events.Add(Open(rows, seal, database));
        }
        if (id is not null)
            yield return new StoredHistory(id, Taken(events));
    }

    /// <summary>A history without any key fragment: of a policy that holds one, at most the tombstone from before it;
    /// null if nothing is left.</summary>
    public static StoredHistory? WithoutKeyFrags(StoredHistory history)
    {
        var events = history.Events.Select(stored => (Stored: stored, Read: Read(stored))).ToList();
        if (!events.Exists(e => e.Read is KeyFragDeposited))
            return history;
        var end = events.FindLastIndex(e => e.Read is PolicyRevoked or PolicyExpired);
        return end < 0 ? null : new StoredHistory(history.PersistenceId, [events[end].Stored]);
    }

    /// <summary>Makes a new journal; its Ursula doubts every policy in it, until Alice gives an order about
    /// it.</summary>
    /// <exception cref="JournalException">There is one already, or it can't be written.</exception>
    public static void Write(string folder, Identity identity, IEnumerable<StoredHistory> histories)
    {
        if (NodeJournal.Exists(folder))
            throw new JournalException($"there is a journal in {folder} already",
                "Give another folder with --data, or move this one away.");
        using var locked = JournalFolder.OpenOrCreate(folder);
        using var seal = new JournalSeal(identity.JournalKey, new OperatingSystemRandom());
        JournalSchema.Ensure(locked.Database, seal);
        locked.MarkRestored();
        locked.SyncNames();
        using (var connection = JournalConnections.Open(locked.Database, seal))
        using (var transaction = connection.BeginTransaction())
        {
            foreach (var history in histories)
                Append(connection, transaction, seal, history);
            transaction.Commit();
        }
        using var pool = new SqliteConnection(JournalConnections.ConnectionString(locked.Database));
        SqliteConnection.ClearPool(pool);
    }

    private static PolicyEvent? Read(StoredEvent stored) =>
        PolicyEvents.TryRead(stored.Manifest, stored.Payload.Span, out var policyEvent) ? policyEvent : null;

    private static StoredEvent[] Taken(List<StoredEvent> events)
    {
        StoredEvent[] taken = [.. events];
        events.Clear();
        return taken;
    }

    private static StoredEvent Open(SqliteDataReader row, JournalSeal seal, string database) =>
        seal.TryOpen(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), out var stored)
            ? stored
            : throw new JournalException(
                $"event {row.GetInt64(1)} of {row.GetString(0)} in {database} is not what was written there",
                "Somebody changed the journal, or it is another identity's: take the copy of another day.");

    private static void Append(SqliteConnection connection, SqliteTransaction transaction, JournalSeal seal,
        StoredHistory history)
    {
        foreach (var stored in history.Events)
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (Insert, transaction);
            command.Parameters.AddWithValue("created", 0L);
            command.Parameters.AddWithValue("id", history.PersistenceId);
            command.Parameters.AddWithValue("number", stored.SequenceNr);
            command.Parameters.AddWithValue(
                "message", seal.Seal(history.PersistenceId, stored.SequenceNr, stored.Manifest, stored.Payload.Span));
            command.Parameters.AddWithValue("manifest", EventSerializer.SealedManifest);
            command.Parameters.AddWithValue("identifier", EventSerializer.Number);
            command.ExecuteNonQuery();
        }
    }
}
