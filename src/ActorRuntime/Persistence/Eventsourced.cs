using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor whose state is its history of events, which the system's journal keeps.</summary>
/// <remarks>
/// At start and restart the history is replayed first; commands wait. While an event is on its way to the journal the mailbox is not read.
/// All events of one command are written in one transaction.
/// </remarks>
public abstract class Eventsourced : ActorBase
{
    private readonly IJournal _journal;
    private readonly EventSerializers _serializers;
    private readonly EventWriter _writer;
    private readonly Recoverer _recoverer;

    private protected Eventsourced()
    {
        var options = Cell.System.Options;
        _journal = options.Journal ?? throw new ActorInitializationException($"{Cell.Path}: the system has no journal.");
        _serializers = options.Serializers ?? throw new ActorInitializationException($"{Cell.Path}: the system has no serializers.");
        _writer = new EventWriter(this, _journal, _serializers);
        _recoverer = new Recoverer(this, _journal, _serializers);
    }

    /// <summary>The name of the history; unique in the journal, and never changed.</summary>
    public abstract string PersistenceId { get; }

    /// <summary>True until the history has been replayed.</summary>
    public bool IsRecovering { get; internal set; } = true;

    /// <summary>The number of the last event that was replayed or whose handler has been called.</summary>
    public long LastSequenceNr { get; internal set; }

    /// <summary>The number that a snapshot made now gets.</summary>
    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>The actor's log.</summary>
    protected ILoggingAdapter Log => Cell.GetLogger();

    internal EventWriter Writer => _writer;

    /// <summary>Applies an event, a <see cref="SnapshotOffer"/> or <see cref="RecoveryCompleted"/>.</summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Handles a command.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Writes an event; the handler applies it once it is durable. Commands wait until then.</summary>
    protected void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => PersistAll([@event], handler);

    /// <summary>Writes events, all or none; the handler is called for each. Commands wait until then.</summary>
    protected void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
        where TEvent : notnull => _writer.Add(events.Cast<object>(), @event => handler((TEvent)@event), holds: true);

    /// <summary>Writes an event; commands do not wait.</summary>
    protected void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => PersistAllAsync([@event], handler);

    /// <summary>Writes events, all or none; commands do not wait.</summary>
    protected void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
        where TEvent : notnull => _writer.Add(events.Cast<object>(), @event => handler((TEvent)@event), holds: false);

    /// <summary>Calls the handler after the handlers of all events before it, without writing anything.</summary>
    protected void DeferAsync<TEvent>(TEvent @event, Action<TEvent> handler)
        where TEvent : notnull => _writer.Defer(() => handler(@event));

    /// <summary>Writes a snapshot; answered by <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.</summary>
    protected void SaveSnapshot(object snapshot)
    {
        var now = Cell.System.Options.TimeProvider.GetUtcNow();
        var metadata = new SnapshotMetadata(PersistenceId, LastSequenceNr, now.UtcDateTime);
        try
        {
            var (manifest, payload) = _serializers.Write(snapshot);
            _journal.SaveSnapshot(PersistenceId, new JournalSnapshot(LastSequenceNr, now, manifest, payload), failure => Answer(
                failure is null ? new SaveSnapshotSuccess(metadata) : new SaveSnapshotFailure(metadata, failure)));
        }
#pragma warning disable CA1031 // A snapshot is a convenience: whatever fails in making it is an answer, not a failure of the actor.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Answer(new SaveSnapshotFailure(metadata, exception));
        }
    }

    /// <summary>Deletes events; answered by <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
    protected void DeleteMessages(long toSequenceNr) =>
        _journal.DeleteEntries(PersistenceId, toSequenceNr, failure => Answer(
            failure is null ? new DeleteMessagesSuccess(toSequenceNr) : new DeleteMessagesFailure(failure, toSequenceNr)));

    /// <summary>Deletes snapshots; answered by <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/>.</summary>
    protected void DeleteSnapshots(SnapshotSelectionCriteria criteria)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        _journal.DeleteSnapshots(PersistenceId, criteria.MinSequenceNr, criteria.MaxSequenceNr, failure => Answer(
            failure is null ? new DeleteSnapshotsSuccess(criteria) : new DeleteSnapshotsFailure(criteria, failure)));
    }

    /// <summary>The history could not be replayed; the actor stops afterwards. Logs.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">The event that could not be applied; null if it is not known.</param>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null) =>
        Log.Error(reason, "{0} cannot be recovered at event {1}: {2}", PersistenceId, LastSequenceNr, reason.Message);

    /// <summary>An event was not written, or nobody knows; the actor stops afterwards. Logs.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{0} cannot write event {1}: {2}", PersistenceId, sequenceNr, cause.Message);

    /// <summary>An event cannot be written, because it cannot be serialized; the actor goes on. Logs.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{0} cannot serialize event {1}: {2}", PersistenceId, sequenceNr, cause.Message);

    /// <inheritdoc/>
    protected sealed override bool Receive(object message) => ReceiveCommand(message);

    internal override void AroundReceive(object message)
    {
        try
        {
            base.AroundReceive(message);
        }
        finally
        {
            _writer.Flush();
        }
    }

    internal override void AfterContinuation() => _writer.Flush();

    internal override void AroundPreStart()
    {
        _recoverer.Start();
        base.AroundPreStart();
    }

    internal override void AroundPreRestart(Exception reason, object? message)
    {
        _recoverer.ReleasePermit();
        base.AroundPreRestart(reason, message);
    }

    internal override void AroundPostRestart(Exception reason)
    {
        _recoverer.Start();
        base.AroundPostRestart(reason);
    }

    internal override void AroundPostStop()
    {
        _recoverer.ReleasePermit();
        base.AroundPostStop();
    }

    internal void Apply(object message)
    {
        if (!ReceiveRecover(message) && message is not RecoveryCompleted)
            Unhandled(message);
    }

    internal void FailRecovery(Exception reason, object? message) => Stop(() => OnRecoveryFailure(reason, message));

    internal void FailWrite(Exception cause, object @event, long sequenceNr) =>
        Stop(() => OnPersistFailure(cause, @event, sequenceNr));

    internal void Reject(Exception cause, object @event, long sequenceNr) => OnPersistRejected(cause, @event, sequenceNr);

    private void Stop(Action report)
    {
        Cell.Stop(Cell);
        report();
    }

    private void Answer(object message) => Cell.PostInvoke(this, () => Cell.TellForced(message, Cell));
}
