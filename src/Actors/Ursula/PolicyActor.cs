using System.Buffers;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>
/// Hosts one <see cref="UrsulaPolicy"/>: persists its events, answers when they are durable, deletes what is over.
/// </summary>
// The one way to bound what a persistent actor stashes itself: its base says "unrestricted".
#pragma warning disable CS0618
internal sealed class PolicyActor : ReceivePersistentActor, IWithTimers, IWithBoundedStash, IDisposable
#pragma warning restore CS0618
{
    private readonly UrsulaPolicy _policy;
    private readonly UrsulaActorOptions _options;
    private readonly RandomSource _random;
    private readonly TimeSpan _servingSince;
    private long _asked;
    private long _deleteTo;
    private long _deletedTo;
    private bool _mustLeave;

    public PolicyActor(
        PolicyId id, ProxyKeys keys, UrsulaOptions limits, UrsulaActorOptions options, RandomSource random,
        TimeSpan servingSince)
    {
        (_options, _random, _servingSince) = (options, random, servingSince);
        PersistenceId = PersistenceIdOf(keys.Id, id);
        _policy = new UrsulaPolicy(id, keys, limits);
        Recover<PolicyEvent>(Recovered);
        Recover<RecoveryCompleted>(_ => Report());
        Command<AskPolicy>(Answer);
        Command<EndPolicy>(End);
        Command<LeaveMemory>(LeaveEarly);
        Command<Idle>(_ => OfferNowAndLater());
        Command<DeleteAgain>(_ => DeleteMessages(_deleteTo));
        Command<DeleteMessagesSuccess>(Deleted);
        Command<DeleteMessagesFailure>(failure => Retry(failure.Cause));
    }

    /// <summary>Before the policy id in every persistence id of an Ursula.</summary>
    public static string PrefixOf(NodeId ursula) => $"policy-{ursula}-";

    /// <summary>The name of a policy's history.</summary>
    public static string PersistenceIdOf(NodeId ursula, PolicyId policy) => PrefixOf(ursula) + policy;

    /// <summary>Reads the policy id out of a persistence id; false if it is not a policy's.</summary>
    public static bool TryReadId(string persistenceId, out PolicyId id)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        var hex = persistenceId.AsSpan(persistenceId.LastIndexOf('-') + 1);
        var isHex = Convert.FromHexString(hex, bytes, out _, out var written) == OperationStatus.Done;
        id = isHex && written == Digest.Size ? new PolicyId(Digest.Read(bytes)) : default;
        return isHex && written == Digest.Size;
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    public override string PersistenceId { get; }

    /// <summary>
    /// Requests that come while one is being written wait in a stash as long as the mailbox; those beyond it are
    /// dropped.
    /// </summary>
    public override IStashOverflowStrategy InternalStashOverflowStrategy => DiscardToDeadLetterStrategy.Instance;

    private TimeSpan Uptime => Context.System.Scheduler.MonotonicClock - _servingSince;

    /// <summary>Zeroes the kfrag.</summary>
    public void Dispose() => _policy.Dispose();

    protected override void PreStart() => StayAwhile();

    protected override void PostStop() => Dispose();

    /// <summary>
    /// Who asked hears of it at once; the actor stops, and its next incarnation knows what is durable.
    /// </summary>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        RefuseUnwritten(cause, @event);

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        RefuseUnwritten(cause, @event);
        Context.Stop(Self);
    }

    private void RefuseUnwritten(Exception cause, object policyEvent)
    {
        Context.GetLogger().Error(
            "Policy {0}: {1} could not be written: {2}", _policy.Id, policyEvent.GetType().Name,
            cause.GetBaseException().Message);
        Context.Parent.Tell(new PolicyStopping()); // first: what the asker sends next must reach the next incarnation
        if (!Context.Parent.Equals(Sender))
            Sender.Tell(new ServiceReply(ServiceStatus.CannotStore, default));
    }

    // A crash between the end of a kfrag and the deletion of its past must not leave the kfrag behind.
    private void Recovered(PolicyEvent policyEvent)
    {
        if (_policy.EndsHistory(policyEvent))
            _deleteTo = LastSequenceNr - 1;
        _policy.Apply(policyEvent);
    }

    private void Report()
    {
        Context.Parent.Tell(new PolicyState(_policy.Id, _policy.Owner, _policy.Stage, _policy.WakeAt, _policy.Reader));
        if (_deleteTo > 0)
            DeleteMessages(_deleteTo);
        else
            ForgetIfOver(default);
    }

    private void Answer(AskPolicy ask)
    {
        _asked = ask.Number;
        var decision = _policy.Decide(ask.Request, ask.Load, ask.Time, _random, ask.Facts);
        if (ask is { Claimed: { } identity, Facts: null } && decision.IsVerified)
            Context.Parent.Tell(new AskerVerified(identity));
        if (decision.Questions.Count > 0)
        {
            Context.Parent.Tell(new PolicyAsks(decision.Questions, ask.Request, Sender));
            return;
        }

        if (decision.Events.Count > 0 || (decision.IsAccepted && ask.Request.Kind == ServiceKind.Reencrypt))
            StayAwhile(); // refusals and repetitions are no reason to stay in memory
        var reply = new ServiceReply(decision.IsAccepted ? ServiceStatus.Ok : ServiceStatus.Refused, decision.Reply);
        if (decision.Events.Count == 0)
            Sender.Tell(reply);
        else
            Remember(decision.Events, reply);
    }

    private void Remember(IReadOnlyList<PolicyEvent> events, ServiceReply reply)
    {
        var left = events.Count;
        PersistAll(events, policyEvent =>
        {
            Applied(policyEvent);
            if (--left == 0)
                Sender.Tell(reply);
        });
    }

    private void End(EndPolicy end)
    {
        _asked = end.Number;
        var events = _policy.DecideExpiry(end.Reached, _random);
        if (events.Count > 0)
            PersistAll(events, Applied);
        else
            ForgetIfOver(end.Reached);
    }

    private void Applied(PolicyEvent policyEvent)
    {
        var endsHistory = _policy.EndsHistory(policyEvent);
        _policy.Apply(policyEvent);
        Context.Parent.Tell(new PolicyState(_policy.Id, _policy.Owner, _policy.Stage, _policy.WakeAt, _policy.Reader,
            policyEvent is KeyFragDeposited or PolicyRenewed));
        if (endsHistory)
            Delete(LastSequenceNr - 1);
        else
            ForgetIfOver(default);
    }

    // Without history and without a tombstone in force nothing is left to remember: the journal forgets the policy too.
    // Only Ursula says which time has come: what the clock shows at one moment is no reason to forget.
    private void ForgetIfOver(DateTimeOffset reached)
    {
        if (_policy.IsForgettable(reached) && LastSequenceNr > 0)
            Delete(LastSequenceNr);
    }

    private void Delete(long toSequenceNr)
    {
        _deleteTo = toSequenceNr;
        DeleteMessages(toSequenceNr);
    }

    private void Deleted(DeleteMessagesSuccess deleted)
    {
        _deletedTo = deleted.ToSequenceNr;
        OfferToLeave();
    }

    private void Retry(Exception cause)
    {
        Context.GetLogger().Warning(
            "Policy {0}: its past could not be deleted and is tried again: {1}", _policy.Id, cause.Message);
        Timers.StartSingleTimer("delete", new DeleteAgain(), _options.RetryDelay);
    }

    private void StayAwhile() => Timers.StartSingleTimer("idle", new Idle(), _options.IdleTime);

    // The nonces go with it: Ursula lets its next incarnation refuse what is older than now.
    private void LeaveEarly(LeaveMemory leave)
    {
        _asked = leave.Number;
        _mustLeave = true;
        OfferToLeave();
    }

    private void OfferNowAndLater()
    {
        StayAwhile();
        OfferToLeave();
    }

    // What must be deleted is deleted, and no replay can pass, or else it stays; if Ursula has sent more, it is asked
    // again later.
    private void OfferToLeave()
    {
        var isForgotten = _deletedTo > 0 && _deletedTo == LastSequenceNr;
        var mustStay = _deletedTo < _deleteTo || (_policy.BusyUntil > Uptime && !_mustLeave);
        if (isForgotten || !mustStay)
            Context.Parent.Tell(new PolicyIdle(_policy.Id, _asked, isForgotten));
    }

    private sealed record Idle;

    private sealed record DeleteAgain;
}
