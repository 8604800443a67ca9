using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>
/// Publishes the node's own record, renews it, looks whether the swarm holds it, and answers who asks the node for it.
/// </summary>
/// <remarks>
/// The sequence of a record is the millisecond in which it was made, so that a restarted node's supersedes the old one;
/// but always higher than that of any record found under the node's id. So a clock that was ahead once binds nobody,
/// and of two copies of an identity the one that still runs is found.
/// </remarks>
public sealed class PresenceActor : ReceiveActor, IWithTimers
{
    private readonly PresenceOptions _options;
    private NodeRecord _node;
    private IActorRef? _calls;
    private readonly Signer _signer;
    private readonly RandomSource _random;
    private readonly KademliaCalls _kademlia;
    private readonly List<IActorRef> _waiting = [];
    private ClockGuard _clock;
    private VerifiedRecord? _current;
    private ulong _lastSequence;
    private RecordSight _sight;
    private NodeAddress? _elsewhere;
    private TimeSpan _checkedAt;
    private long _check;
    private bool _isChecking;

    /// <summary>Publishes from the first <see cref="Announce"/> on.</summary>
    /// <param name="options">Times.</param>
    /// <param name="clock">How long the node's clock is doubted.</param>
    /// <param name="node">What to say about the node.</param>
    /// <param name="signer">The node's; not disposed here.</param>
    /// <param name="random">For signatures.</param>
    /// <param name="kademlia">Publishes and republishes.</param>
    /// <param name="witness">Calls other nodes back at their wish.</param>
    public PresenceActor(
        PresenceOptions options, ClockGuardOptions clock, NodeRecord node, Signer signer, RandomSource random,
        IActorRef kademlia, IActorRef witness)
    {
        (_options, _node, _signer, _random) = (options, node, signer, random);
        _kademlia = new KademliaCalls(kademlia, Self, Context.System.Scheduler);
        _clock = ClockGuard.Start(Moment, clock);
        Receive<Announce>(_ => Publish());
        Receive<KademliaReply>(_kademlia.Take);
        Receive<Describe>(Change);
        Receive<MediateWith>(mediate => _calls = mediate.Calls);
        Receive<ServiceRequest>(witness.Forward, request => request.Kind == ServiceKind.Reach);
        Receive<ServiceRequest>(NameGuests, request => request.Kind == ServiceKind.Guests);
        Receive<ServiceRequest>(_ => Sender.Tell(new ServiceReply(ServiceStatus.Ok, Current().Bytes)));
        Receive<GetPresence>(Report);
        Receive<LookNow>(_ => Look());
        Receive<LookExpired>(expired => EndLook(expired.Number, RecordSight.NoAnswer));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Timers.StartSingleTimer("announce", new Announce(), _options.RetryDelay);
    }

    private static Moment Moment => new(Context.System.Scheduler.Now, Context.System.Scheduler.MonotonicClock);

    private static TimeSpan Monotonic => Context.System.Scheduler.MonotonicClock;

    private TimeSpan Age => _sight == RecordSight.Unknown ? TimeSpan.Zero : Monotonic - _checkedAt;

    private void Publish()
    {
        _current = null;
        Timers.StartSingleTimer("announce", new Announce(), _options.RenewInterval);
        Spread();
    }

    private void Change(Describe describe)
    {
        if (describe.Change(_node) is var changed && changed == _node)
            return;
        _node = changed;
        Publish();
    }

    private void NameGuests(ServiceRequest request)
    {
        if (_calls is { } calls)
            calls.Forward(request);
        else
            Sender.Tell(new ServiceReply(ServiceStatus.Ok, new byte[] { 0 }));
    }

    private void Spread()
    {
        var record = Current();
        _kademlia.Send(id => new PublishRecord(id, record), Spread);
    }

    // Those who refused may hold a newer one.
    private void Spread(DhtOutcome outcome)
    {
        if (outcome is OperationFailed)
            Timers.StartSingleTimer("announce", new Announce(), _options.RetryDelay);
        Look();
    }

    private VerifiedRecord Current()
    {
        var now = ReadClock();
        if (_current is { } current && current.IsCurrent(now))
            return current;
        _lastSequence = Math.Max(After(_lastSequence), (ulong)Math.Max(0, now.ToUnixTimeMilliseconds()));
        var record = _node.ToRecord(_signer, _lastSequence, now + _options.RecordLife, _random);
        if (!record.TryVerify(RecordSignatures.Verify, out _current))
            throw new InvalidOperationException("The node's own record does not verify.");
        return _current;
    }

    // A record outlives the error of a clock: it is signed by the clock as it was before it jumped.
    private DateTimeOffset ReadClock()
    {
        var moment = Moment;
        _clock = _clock.Note(moment);
        return _clock.Read(moment).Trusted;
    }

    private static ulong After(ulong sequence) => sequence == ulong.MaxValue ? sequence : sequence + 1;

    private void Report(GetPresence get)
    {
        if (_current is null || (_sight != RecordSight.Unknown && Age <= get.MaxAge)
            || _waiting.Count >= _options.MaxWaiting)
        {
            Sender.Tell(new PresenceReport(_sight, _elsewhere, Age));
            return;
        }

        _waiting.Add(Sender);
        Look();
    }

    private void Look()
    {
        Timers.StartSingleTimer("look", new LookNow(), _options.CheckInterval);
        if (_isChecking)
            return;
        _isChecking = true;
        var number = ++_check;
        Timers.StartSingleTimer("look-limit", new LookExpired(number), _options.CheckTimeLimit);
        _kademlia.Send(id => new GetRecord(id, _node.Id), outcome => Found(number, outcome));
    }

    private void Found(long number, DhtOutcome outcome)
    {
        if (_isChecking && number == _check)
            EndLook(number, SightOf(outcome));
    }

    private void EndLook(long number, RecordSight sight)
    {
        if (!_isChecking || number != _check)
            return;
        _isChecking = false;
        Timers.Cancel("look-limit");
        (_sight, _checkedAt) = (sight, Monotonic);
        foreach (var asker in _waiting)
            asker.Tell(new PresenceReport(_sight, _elsewhere, TimeSpan.Zero));
        _waiting.Clear();
        if (sight == RecordSight.Foreign)
            Timers.StartSingleTimer("again", new Announce(), _options.RetryDelay); // not at once: two copies would race
        else if (sight is RecordSight.Outdated or RecordSight.Missing)
            // a swarm of clients keeps nothing, ever
            Timers.StartSingleTimer("again", new Announce(), _options.CheckInterval / 10);
    }

    // The node holds its own record itself: only a second answer shows that somebody else does.
    private RecordSight SightOf(DhtOutcome outcome)
    {
        if (outcome is not RecordFound found)
            return outcome is OperationFailed { Failure: DhtFailure.NotFound }
                ? RecordSight.Missing
                : RecordSight.NoAnswer;
        if (_current is not { } own || found.Record.Bytes.Span.SequenceEqual(own.Bytes.Span))
            return found.Answers > 1 ? RecordSight.Published : RecordSight.Missing;
        if (own.Supersedes(found.Record))
            return RecordSight.Outdated;
        NoteForeign(found.Record);
        return RecordSight.Foreign;
    }

    // Only who has the node's key can have signed it.
    private void NoteForeign(VerifiedRecord record)
    {
        _lastSequence = Math.Max(_lastSequence, record.Sequence);
        if (!NodeRecord.TryRead(record, out var other, out _) || other == _node)
        {
            Context.GetLogger().Info(
                "The swarm had a newer record of this node, made while its clock was ahead; publishing over it.");
            return;
        }

        _elsewhere = other.Udp;
        Context.GetLogger().Warning(
            "Another record under this node's key is in the swarm, for {0}: a copy of its identity runs or ran there,"
            + " or the node moved and its clock was ahead. Publishing this node's own again; stop the copy if there is"
            + " one.",
            other.Udp);
    }

    private sealed record LookNow;

    private sealed record LookExpired(long Number);
}
