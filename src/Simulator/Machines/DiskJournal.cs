using System.Collections.Immutable;
using Akka.Configuration;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Akka.Persistence's journal over the simulated disks; made by Akka, one a world. The disk is that of the asking
/// actor's process.
/// </summary>
/// <remarks>
/// It speaks the journal's protocol itself: Akka's own base needs tasks, and a circuit breaker that goes by the wall
/// clock.
/// </remarks>
internal sealed class DiskJournal : UntypedActor
{
    /// <summary>What makes it the journal of a world.</summary>
    public static readonly Config Settings = ConfigurationFactory.ParseString($$"""
        akka.persistence {
          # No limit of recoveries: it would hold for all nodes together.
          max-concurrent-recoveries = {{int.MaxValue}}
          journal.plugin = "akka.persistence.journal.disk"
          journal.disk {
            class = {{LoopSystem.NameOf<DiskJournal>()}}
            plugin-dispatcher = "akka.actor.default-dispatcher"
          }
          snapshot-store.plugin = "akka.persistence.snapshot-store.none"
          snapshot-store.none {
            class = {{LoopSystem.NameOf<NoSnapshots>()}}
            plugin-dispatcher = "akka.actor.default-dispatcher"
          }
        }
        """);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                if (DiskOf(write.PersistentActor) is { } disk)
                    Write(write, disk);
                break;
            case ReplayMessages replay:
                DiskOf(replay.PersistentActor)?.Read(replay.PersistenceId, history => Replay(replay, history));
                break;
            case DeleteMessagesTo delete:
                DiskOf(delete.PersistentActor)?.Delete(
                    delete.PersistenceId, delete.ToSequenceNr, failure => Answer(delete, failure));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Null if the process was killed: its part of the journal would have died with it.</summary>
    private static IDiskSession? DiskOf(IActorRef actor) =>
        LoopProcess.Of(actor) is SimulatedProcess { IsCrashed: false } process ? process.Disk : null;

    private static void Write(WriteMessages write, IDiskSession disk)
    {
        try
        {
            IPersistentRepresentation[] events = [.. write.Messages.OfType<AtomicWrite>().SelectMany(EventsOf)];
            StoredEvent[] stored = [.. events.Select(e => new StoredEvent(
                e.SequenceNr, JournalEvents.ManifestOf(e.Payload), JournalEvents.ToBytes(e.Payload)))];
            if (events.Length == 0)
                Answer(write, null);
            else
                disk.Append(events[0].PersistenceId, stored, failure => Answer(write, failure));
        }
        catch (ArgumentException cause)
        {
            Answer(write, cause);
        }
    }

    private static IImmutableList<IPersistentRepresentation> EventsOf(AtomicWrite write) =>
        (IImmutableList<IPersistentRepresentation>)write.Payload;

    private static void Answer(WriteMessages write, Exception? failure)
    {
        var (actor, instance) = (write.PersistentActor, write.ActorInstanceId);
        actor.Tell(
            failure is null
                ? WriteMessagesSuccessful.Instance
                : new WriteMessagesFailed(failure, write.Messages.Count()),
            ActorRefs.NoSender);
        foreach (var envelope in write.Messages)
        {
            if (envelope is not AtomicWrite atomic)
                actor.Tell(new LoopMessageSuccess(envelope.Payload, instance), envelope.Sender);
            else if (failure is null)
                Tell(atomic, e => new WriteMessageSuccess(e, instance));
            else
                Tell(atomic, e => new WriteMessageFailure(e, failure, instance));
        }

        void Tell(AtomicWrite atomic, Func<IPersistentRepresentation, object> answer)
        {
            foreach (var e in EventsOf(atomic))
                actor.Tell(answer(e), e.Sender);
        }
    }

    private static void Replay(ReplayMessages replay, DiskHistory history)
    {
        var actor = replay.PersistentActor;
        try
        {
            foreach (var stored in history.Events.Where(
                e => e.SequenceNr >= replay.FromSequenceNr && e.SequenceNr <= replay.ToSequenceNr))
            {
                var payload = JournalEvents.Read(stored.Manifest, stored.Payload.Span);
                actor.Tell(
                    new ReplayedMessage(
                        new Persistent(payload, stored.SequenceNr, replay.PersistenceId)), ActorRefs.NoSender);
            }

            actor.Tell(new RecoverySuccess(history.HighestSequenceNr), ActorRefs.NoSender);
        }
        catch (InvalidDataException cause)
        {
            actor.Tell(new ReplayMessagesFailure(cause), ActorRefs.NoSender);
        }
    }

    private static void Answer(DeleteMessagesTo delete, Exception? failure) => delete.PersistentActor.Tell(
        failure is null
            ? new DeleteMessagesSuccess(delete.ToSequenceNr)
            : new DeleteMessagesFailure(failure, delete.ToSequenceNr),
        ActorRefs.NoSender);
}
