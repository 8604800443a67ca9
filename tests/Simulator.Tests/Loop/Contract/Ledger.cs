using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>A persistent actor: its state is the sum of the numbers told; words make it do other things.</summary>
#pragma warning disable CS0618 // As the project's own persistent actors that strangers can ask.
internal sealed class Ledger : ReceivePersistentActor, IWithBoundedStash
#pragma warning restore CS0618
{
    private static readonly DateTimeOffset Zero = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Stage _stage;
    private long _sum;

    internal Ledger(string id, Stage stage)
    {
        (PersistenceId, _stage) = (id, stage);
        Recover<ArrangementLapsed>(e => _sum += NumberOf(e));
        Recover<RecoveryCompleted>(_ => stage.Note($"recovered {_sum}"));
        Command<int>(number => Persist(EventOf(number), e => Add(e, "stored")));
        Command<string>(Do);
        CommandAny(Report);
    }

    public override string PersistenceId { get; }

    public override IStashOverflowStrategy InternalStashOverflowStrategy => DiscardToDeadLetterStrategy.Instance;

    public static Props Props(Stage stage, string id = "ledger") => ActorProps.Of(() => new Ledger(id, stage));

    /// <summary>The event of a number, as it is on the disk.</summary>
    public static StoredEvent Stored(long sequenceNr, int number)
    {
        var e = EventOf(number);
        return new StoredEvent(sequenceNr, e.Manifest, e.ToBytes());
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _stage.Note($"write {sequenceNr} failed: {cause.GetType().Name}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _stage.Note($"recovery failed: {reason.GetType().Name}");

    private static ArrangementLapsed EventOf(int number) => new(Zero.AddSeconds(number));

    private static long NumberOf(ArrangementLapsed e) => (long)(e.At - Zero).TotalSeconds;

    private void Add(ArrangementLapsed e, string what)
    {
        _sum += NumberOf(e);
        _stage.Note($"{what} {NumberOf(e)} as {LastSequenceNr}");
    }

    private void Do(string command)
    {
        switch (command)
        {
            case "all":
                PersistAll([EventOf(1), EventOf(2), EventOf(3)], e => Add(e, "all"));
                _stage.Note("handler ended");
                break;
            case "fail after":
                Persist(EventOf(10), _ => throw new InvalidOperationException("in the persist handler"));
                Persist(EventOf(20), e => Add(e, "second"));
                break;
            case "fail":
                throw new InvalidOperationException();
            case "delete":
                DeleteMessages(LastSequenceNr);
                break;
            default:
                _stage.Note($"{command} {_sum}");
                break;
        }
    }

    private void Report(object answer) => _stage.Note(answer switch
    {
        DeleteMessagesSuccess success => $"deleted to {success.ToSequenceNr}",
        DeleteMessagesFailure failure => $"not deleted: {failure.Cause.GetType().Name}",
        _ => answer,
    });
}
