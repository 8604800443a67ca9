namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>A persistent actor for tests: its state is the sum of the numbers it was told; words make it do other things.</summary>
internal sealed class Account : ReceivePersistentActor
{
    private readonly Probe _probe;
    private long _sum;

    public Account(string id, Probe probe)
    {
        (PersistenceId, _probe) = (id, probe);
        Recover<long>(number => _sum += number);
        Recover<SnapshotOffer>(offer => _sum = (long)offer.Snapshot);
        Recover<RecoveryCompleted>(_ => probe.Tell($"recovered {_sum}"));
        CommandAsync<int>(async number =>
        {
            await Task.Yield();
            Persist((long)number, stored => Add(stored, "after await"));
            await Task.Yield();
        });
        Command<ReplyTo>(command => PersistAsync(command.Number, number => Sender.Tell(number)));
        Command<long>(number => Persist(number, stored => Add(stored, "stored")));
        Command<string>(Do);
        CommandAny(Report);
    }

    public override string PersistenceId { get; }

    public static Props Props(string id, Probe probe) => ActorRuntime.Props.Create(() => new Account(id, probe));

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _probe.Tell($"write of {@event} failed at {sequenceNr}: {cause.GetType().Name}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        _probe.Tell($"{@event} rejected: {cause.GetType().Name}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _probe.Tell($"recovery failed: {reason.GetType().Name}");

    internal sealed record ReplyTo(long Number);

    private void Add(long number, string what)
    {
        _sum += number;
        _probe.Tell($"{what} {number} as {LastSequenceNr}");
    }

    private void Do(string command)
    {
        switch (command)
        {
            case "sum":
                _probe.Tell(_sum);
                break;
            case "all":
                PersistAll([1L, 2L, 3L], number => Add(number, "all"));
                DeferAsync("deferred", word => _probe.Tell(word));
                _probe.Tell("handler ended");
                break;
            case "async":
                PersistAsync(1L, number => Add(number, "async"));
                DeferAsync("deferred", word => _probe.Tell(word));
                _probe.Tell("handler ended");
                break;
            case "nested":
                Persist(1L, first => Persist(first + 1, second => Add(first + second, "nested")));
                break;
            case "fail after":
                Persist(10L, _ => throw new InvalidOperationException("in the persist handler"));
                Persist(20L, number => Add(number, "second"));
                break;
            case "fail":
                throw new InvalidOperationException();
            case "unwritable":
                Persist("!unwritable", word => _probe.Tell(word));
                Persist(5L, number => Add(number, "after"));
                break;
            case "unknown type":
                Persist(1.5m, number => _probe.Tell(number));
                break;
            case "snapshot":
                SaveSnapshot(_sum);
                break;
            case "bad snapshot":
                SaveSnapshot("!unwritable");
                break;
            case "delete":
                DeleteMessages(LastSequenceNr);
                break;
            case "delete snapshots":
                DeleteSnapshots(SnapshotSelectionCriteria.Latest);
                break;
        }
    }

    private void Report(object answer) => _probe.Tell(answer switch
    {
        SaveSnapshotSuccess success => $"snapshot {success.Metadata.SequenceNr}",
        SaveSnapshotFailure failure => $"no snapshot: {failure.Cause.GetType().Name}",
        DeleteMessagesSuccess success => $"deleted to {success.ToSequenceNr}",
        DeleteSnapshotsSuccess => "snapshots deleted",
        _ => answer,
    });
}
