using System.Collections.Concurrent;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>What the writer thread does for a caller.</summary>
internal abstract class WriteOperation
{
    public virtual bool IsWrite => true;

    public virtual bool Deletes => false;

    /// <summary>Changes the tables in the current transaction.</summary>
    /// <returns>Why it was refused, with nothing changed; null if it was not.</returns>
    public abstract Exception? Apply(JournalTables tables);

    /// <summary>Calls back, after the commit.</summary>
    public abstract void Complete(Exception? failure);
}

internal sealed class AppendOperation(string persistenceId, IReadOnlyList<JournalEntry> entries, Action<Exception?> completed) : WriteOperation
{
    public override Exception? Apply(JournalTables tables)
    {
        var entity = tables.FindOrAdd(persistenceId);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].SequenceNr != entity.Highest + 1 + i)
                return new JournalConflictException($"{persistenceId}: event {entries[i].SequenceNr} does not follow {entity.Highest + i}.");
        }

        foreach (var entry in entries)
            tables.Append(entity, entry);
        return null;
    }

    public override void Complete(Exception? failure) => completed(failure);
}

internal sealed class DeleteEntriesOperation(string persistenceId, long to, Action<Exception?> completed) : WriteOperation
{
    public override bool Deletes => true;

    public override Exception? Apply(JournalTables tables)
    {
        tables.DeleteEntries(tables.FindOrAdd(persistenceId), to);
        return null;
    }

    public override void Complete(Exception? failure) => completed(failure);
}

internal sealed class ForgetOperation(string persistenceId, Action<Exception?> completed) : WriteOperation
{
    public override Exception? Apply(JournalTables tables)
    {
        tables.Forget(persistenceId);
        return null;
    }

    public override void Complete(Exception? failure) => completed(failure);
}

internal sealed class SaveSnapshotOperation(string persistenceId, JournalSnapshot snapshot, Action<Exception?> completed) : WriteOperation
{
    public override bool Deletes => true; // of the one that it replaces

    public override Exception? Apply(JournalTables tables)
    {
        tables.SaveSnapshot(tables.FindOrAdd(persistenceId), snapshot);
        return null;
    }

    public override void Complete(Exception? failure) => completed(failure);
}

internal sealed class DeleteSnapshotsOperation(string persistenceId, long min, long max, Action<Exception?> completed) : WriteOperation
{
    public override bool Deletes => true;

    public override Exception? Apply(JournalTables tables)
    {
        tables.DeleteSnapshots(tables.FindOrAdd(persistenceId), min, max);
        return null;
    }

    public override void Complete(Exception? failure) => completed(failure);
}

/// <summary>Lets a read begin once the writes before it are committed.</summary>
internal sealed class ReadAfterWrites(BlockingCollection<ReadOperation> reads, ReadOperation read) : WriteOperation
{
    public override bool IsWrite => false;

    public override Exception? Apply(JournalTables tables) => null;

    public override void Complete(Exception? failure)
    {
        if (failure is JournalOverflowException or ObjectDisposedException)
            read.Fail(failure);
        else if (!reads.TryAdd(read))
            read.Fail(new JournalOverflowException(reads.BoundedCapacity));
    }
}
