namespace NuCypher.P2P.Actors.Tests.Journal;

/// <summary>
/// A persistent actor that keeps what it is told: answers when an event is durable, with all that it knows, or when it
/// deleted.
/// </summary>
internal sealed class Diary : ReceivePersistentActor
{
    private readonly List<object> _events = [];
    private IActorRef _asker = ActorRefs.Nobody;

    public Diary(string id)
    {
        PersistenceId = id;
        Recover<RecoveryCompleted>(_ => { });
        RecoverAny(_events.Add);
        Command<Note>(note => PersistAll(note.Events, Keep));
        Command<Read>(_ => Sender.Tell(new Content([.. _events], LastSequenceNr)));
        Command<Delete>(delete =>
        {
            _asker = Sender;
            DeleteMessages(delete.To);
        });
        Command<DeleteMessagesSuccess>(done => _asker.Tell(done));
        Command<DeleteMessagesFailure>(failure => _asker.Tell(new Status.Failure(failure.Cause)));
    }

    public override string PersistenceId { get; }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Sender.Tell(new Status.Failure(cause));

    private void Keep(object kept)
    {
        _events.Add(kept);
        Sender.Tell(new Content([.. _events], LastSequenceNr));
    }

    public sealed record Note(params object[] Events);

    public sealed record Read;

    public sealed record Delete(long To);

    public sealed record Content(IReadOnlyList<object> Events, long Last);
}
