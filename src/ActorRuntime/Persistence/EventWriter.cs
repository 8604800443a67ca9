using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>The events of one persistent actor between its handler and the journal's answer.</summary>
/// <remarks>One write is under way at a time; what is persisted meanwhile goes with the next one, so that order and numbers hold.</remarks>
internal sealed class EventWriter(Eventsourced actor, IJournal journal, EventSerializers serializers)
{
    /// <summary>Above so many events without an answer, commands wait also for <see cref="Eventsourced.PersistAsync"/>.</summary>
    private const int MaxPending = 10_000;

    private readonly Queue<Pending> _pending = new();
    private List<JournalEntry> _batch = [];
    private bool _isWriting;

    private long NextSequenceNr { get; set; } = 1;

    public void StartAfter(long sequenceNr) => NextSequenceNr = checked(sequenceNr + 1);

    public void Add(IEnumerable<object> events, Action<object> handler, bool holds)
    {
        if (actor.IsRecovering)
            throw new InvalidOperationException("Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
        var all = events.ToArray();
        if (all.Length == 0)
            return;
        if (TrySerialize(all, out var entries))
            Enqueue(all, entries, handler, holds || _pending.Count >= MaxPending);
    }

    public void Defer(Action handler)
    {
        if (_pending.Count == 0)
            handler();
        else
            _pending.Enqueue(new Pending(handler, actor.Cell.Command, Entry: null, Holds: false));
    }

    /// <summary>Hands what was persisted to the journal, unless a write is under way.</summary>
    public void Flush()
    {
        if (_isWriting || _batch.Count == 0)
            return;
        var batch = _batch;
        _batch = [];
        _isWriting = true;
        journal.Append(actor.PersistenceId, batch, failure => OnAnswer(batch, failure));
    }

    private bool TrySerialize(object[] events, out List<JournalEntry> entries)
    {
        entries = [];
        foreach (var value in events)
        {
            try
            {
                var (manifest, payload) = serializers.Write(value);
                entries.Add(new JournalEntry(NextSequenceNr + entries.Count, manifest, payload));
            }
#pragma warning disable CA1031 // Whatever a serializer throws, the event is rejected and the actor goes on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Defer(() => actor.Reject(exception, value, NextSequenceNr));
                return false;
            }
        }

        return true;
    }

    private void Enqueue(object[] events, List<JournalEntry> entries, Action<object> handler, bool holds)
    {
        foreach (var (value, entry) in events.Zip(entries))
        {
            _pending.Enqueue(new Pending(() => handler(value), actor.Cell.Command, entry, holds) { Event = value });
            if (holds)
                actor.Cell.Holds++;
        }

        _batch.AddRange(entries);
        NextSequenceNr += entries.Count;
    }

    /// <summary>On any thread. A message per event, so that a handler which fails does not take the others with it.</summary>
    private void OnAnswer(List<JournalEntry> batch, Exception? failure)
    {
        if (failure is not null)
        {
            actor.Cell.PostInvoke(actor, () => actor.FailWrite(failure, _pending.Peek().Event!, batch[0].SequenceNr));
            return;
        }

        foreach (var _ in batch)
            actor.Cell.PostInvoke(actor, CallNext);
        actor.Cell.PostInvoke(actor, EndWrite);
    }

    private void CallNext()
    {
        CallDeferred();
        var pending = _pending.Dequeue();
        if (pending.Holds)
            actor.Cell.Holds--;
        actor.LastSequenceNr = pending.Entry!.SequenceNr;
        actor.Cell.GoBackTo(pending.Command);
        pending.Handler();
        CallDeferred();
    }

    private void CallDeferred()
    {
        while (_pending.TryPeek(out var pending) && pending.Entry is null)
        {
            _pending.Dequeue();
            actor.Cell.GoBackTo(pending.Command);
            pending.Handler();
        }
    }

    private void EndWrite()
    {
        _isWriting = false;
        CallDeferred();
        Flush();
    }

    /// <summary>A handler to be called, with the command that it belongs to, whose sender it may answer.</summary>
    private readonly record struct Pending(Action Handler, Envelope Command, JournalEntry? Entry, bool Holds)
    {
        public object? Event { get; init; }
    }
}
