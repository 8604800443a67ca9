using System.Data.Common;
using System.Globalization;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// Whether every event of a journal is the one that was sealed in its place, and none is missing or was put back.
/// </summary>
internal sealed class JournalCheck(DbConnection connection, string database, JournalSeal seal)
{
    private const string Remedy =
        "Restore the folder from a copy that nobody changed; keep this one aside. "
        + "Then revoke anew what was revoked since.";

    /// <summary>Reads all of it.</summary>
    /// <exception cref="JournalException">The first thing that doesn't hold.</exception>
    public void Run()
    {
        var stored = ReadTotal();
        if (!CountAll().IsOf(stored))
            throw Changed("events are missing, or older ones were put back");
    }

    /// <summary>Reads all of a journal that has no total: what is missing is not noticed.</summary>
    /// <exception cref="JournalException">The first event that is not what was written in its place.</exception>
    public void RunWithoutTotal() => CountAll();

    private JournalTotal CountAll()
    {
        var counted = new JournalTotal();
        using var command = Command(
            "select persistence_id, sequence_number, deleted, message, manifest, identifier from journal");
        using var rows = command.ExecuteReader();
        while (rows.Read())
            Count(rows, counted);
        return counted;
    }

    private JournalTotal ReadTotal()
    {
        using var command = Command("select owner, sealed from journal_total");
        using var row = command.ExecuteReader();
        if (!row.Read())
            throw Changed("its total is missing");
        if (!row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(seal.Owner))
        {
            throw new JournalException(
                $"the journal {database} is another identity's",
                "Give the data folder that the journal belongs to, or restore the keystore that was beside it.");
        }

        return seal.OpenTotal(row.GetFieldValue<byte[]>(1)) ?? throw Changed("its total was changed");
    }

    private void Count(DbDataReader row, JournalTotal counted)
    {
        var (id, number, isDeleted) = (row.GetString(0), row.GetInt64(1), row.GetBoolean(2));
        var message = row.GetFieldValue<byte[]>(3);
        if (!isDeleted && !IsReadable(row, id, number, message))
        {
            throw Changed(
                string.Create(CultureInfo.InvariantCulture, $"event {number} of {id} is not what was written there"));
        }

        var tag = message.AsSpan(Math.Max(0, message.Length - JournalSeal.TagSize));
        seal.Count(counted, id, number, isDeleted, tag, 1);
    }

    private bool IsReadable(DbDataReader row, string id, long number, byte[] message) =>
        !row.IsDBNull(4) && row.GetString(4) == EventSerializer.SealedManifest
        && !row.IsDBNull(5) && row.GetInt64(5) == EventSerializer.Number
        && seal.TryOpen(id, number, message, out _);

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private JournalException Changed(string how) => new($"somebody changed the journal {database}: {how}", Remedy);
}
