using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Replays the history of one persistent actor, page by page, while its mailbox waits.</summary>
internal sealed class Recoverer(Eventsourced actor, IJournal journal, EventSerializers serializers)
{
    private RecoveryPermits.Permit? _permit;
    private long _highest;

    public void Start()
    {
        actor.Cell.Holds++;
        _permit = actor.Cell.System.RecoveryPermits.Request(() => actor.Cell.PostInvoke(actor, Read));
    }

    /// <summary>Gives the permit back.</summary>
    public void ReleasePermit() => _permit?.Dispose();

    private void Read() =>
        journal.Recover(actor.PersistenceId, recovery => actor.Cell.PostInvoke(actor, () => Begin(recovery)));

    private void Begin(JournalRecovery recovery)
    {
        _highest = recovery.HighestSequenceNr;
        actor.LastSequenceNr = recovery.StartSequenceNr;
        if (recovery.Failure is not null)
            Fail(recovery.Failure, null);
        else if (recovery.Snapshot is null || TryApply(() => Offer(recovery.Snapshot)))
            Continue(recovery.Entries, null);
    }

    private SnapshotOffer Offer(JournalSnapshot snapshot) => new(
        new SnapshotMetadata(actor.PersistenceId, snapshot.SequenceNr, snapshot.Timestamp.UtcDateTime),
        serializers.Read(snapshot.Manifest, snapshot.Payload));

    private void Continue(IReadOnlyList<JournalEntry> page, Exception? failure)
    {
        if (failure is not null)
            Fail(failure, null);
        else if (!page.All(TryApply))
            return;
        else if (actor.LastSequenceNr >= _highest)
            Complete();
        else if (page.Count == 0)
            Fail(Gap(actor.LastSequenceNr + 1), null);
        else
            journal.Replay(actor.PersistenceId, actor.LastSequenceNr, (next, error) => actor.Cell.PostInvoke(actor, () => Continue(next, error)));
    }

    private bool TryApply(JournalEntry entry)
    {
        if (entry.SequenceNr != actor.LastSequenceNr + 1)
        {
            Fail(Gap(actor.LastSequenceNr + 1), null);
            return false;
        }

        actor.LastSequenceNr = entry.SequenceNr;
        return TryApply(() => serializers.Read(entry.Manifest, entry.Payload));
    }

    private bool TryApply(Func<object> read)
    {
        object? message = null;
        try
        {
            message = read();
            actor.Apply(message);
            return true;
        }
#pragma warning disable CA1031 // Whatever fails, the actor must not serve on half of its history.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception, message);
            return false;
        }
    }

    private JournalGapException Gap(long sequenceNr) =>
        new($"{actor.PersistenceId}: event {sequenceNr} is missing in the journal.");

    private void Complete()
    {
        ReleasePermit();
        actor.LastSequenceNr = Math.Max(actor.LastSequenceNr, _highest);
        actor.Writer.StartAfter(actor.LastSequenceNr);
        actor.IsRecovering = false;
        actor.Cell.Holds--;
        actor.Apply(RecoveryCompleted.Instance);
        actor.Writer.Flush();
    }

    private void Fail(Exception reason, object? message)
    {
        ReleasePermit();
        actor.FailRecovery(reason, message);
    }
}
