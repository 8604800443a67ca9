using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence.Sql.Journal;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// Akka.Persistence.Sql's journal, to which nothing goes unsealed, and from which nothing comes that the seal does
/// not hold for.
/// </summary>
internal sealed class SealingJournal(Config config) : SqlWriteJournal(config)
{
    private readonly JournalSeal _seal = Context.System.Settings.Setup.Get<JournalSealSetup>().Value.Seal;

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback) => base.ReplayMessagesAsync(
            context, persistenceId, fromSequenceNr, toSequenceNr, max, stored => recoveryCallback(Open(stored)));

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken) =>
        base.WriteMessagesAsync([.. messages.Select(Seal)], cancellationToken);

    private AtomicWrite Seal(AtomicWrite write) => new(
        ((IImmutableList<IPersistentRepresentation>)write.Payload).Select(Seal).ToImmutableArray());

    private IPersistentRepresentation Seal(IPersistentRepresentation written)
    {
        var (manifest, bytes) = (JournalEvents.ManifestOf(written.Payload), JournalEvents.ToBytes(written.Payload));
        return written.WithPayload(
            new SealedEvent(_seal.Seal(written.PersistenceId, written.SequenceNr, manifest, bytes)));
    }

    private IPersistentRepresentation Open(IPersistentRepresentation stored)
    {
        var bytes = ((SealedEvent)stored.Payload).Bytes;
        return _seal.TryOpen(stored.PersistenceId, stored.SequenceNr, bytes, out var opened)
            ? stored.WithPayload(JournalEvents.Read(opened.Manifest, opened.Payload.Span))
            : throw new InvalidDataException(
                $"Event {stored.SequenceNr} of {stored.PersistenceId} was changed while this program ran.");
    }
}
