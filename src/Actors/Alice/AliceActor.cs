using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>
/// Alice: grants, renews, revokes, and remembers all of it; publishes the treasure maps of what is in force.
/// </summary>
/// <remarks>
/// Hosts <see cref="Grants"/>. Each piece of work is a child of its own, so that a slow Ursula delays nobody else's
/// grant; there is one piece of work per grant at a time.
/// </remarks>
public sealed class AliceActor : ReceivePersistentActor, IWithTimers
{
    private readonly Identity _identity;
    private readonly AliceOptions _options;
    private readonly RandomSource _random;
    private readonly SessionPeers _peers;
    private readonly Grants _grants;
    private readonly Dictionary<IActorRef, Errand> _errands = [];
    private readonly KademliaCalls _kademlia;
    private readonly Queue<Hrac> _unpublished = [];
    private int _republishing;
    private TimeSpan _revokeAgainIn;
    private long _lastErrand;

    /// <summary>Starts by reading the journal.</summary>
    /// <param name="identity">Alice's keys; not disposed here.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="random">For keys, seals and signatures.</param>
    /// <param name="peers">Whom she talks to.</param>
    public AliceActor(Identity identity, AliceOptions options, RandomSource random, SessionPeers peers)
    {
        (_identity, _options, _random, _peers) = (identity, options, random, peers);
        _kademlia = new KademliaCalls(peers.Kademlia, Self, Context.System.Scheduler);
        _grants = new Grants(options.MaxGrants);
        Recover<GrantEvent>(_grants.Apply);
        _revokeAgainIn = options.RevokeAgainDelay;
        Recover<RecoveryCompleted>(_ => Begin());
        Command<MakeGrant>(Make);
        Command<RenewGrant>(Renew);
        Command<RevokeGrant>(Revoke);
        Command<TakeBackGrant>(TakeBack);
        Command<ListGrants>(_ => Sender.Tell(new GrantsListed(_grants.All)));
        Command<GrantFinished>(Made);
        Command<DepositsPlanned>(Plan);
        Command<GrantFailed>(Failed);
        Command<OrderReceived>(Confirm);
        Command<MapWithdrawn>(Withdraw);
        Command<WithdrawalLate>(late => AnswerWithdrawn(late.Child));
        Command<OrderFinished>(Ended);
        Command<KademliaReply>(_kademlia.Take);
        Command<Terminated>(t => Lost(t.ActorRef));
        Command<SwarmForgotten>(_ => RepublishMaps());
        Command<RevokeOpen>(_ => GoOnRevoking());
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    /// <inheritdoc/>
    public override string PersistenceId => GrantBook.IdOf(_identity);

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <summary>
    /// An errand that fails is over, and its asker hears of it: begun anew, it would ask other Ursulas for a second
    /// grant.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    /// <summary>Alice stops, and begins again with what is durable; whoever waits for her hears why.</summary>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => TellUnwritten(cause);

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        TellUnwritten(cause);
        Context.Stop(Self);
    }

    private void TellUnwritten(Exception cause)
    {
        var reason = cause.GetBaseException().Message;
        Context.GetLogger().Error("Alice's books could not be written: {0}", reason);
        var failure = new Status.Failure(new JournalException(
            $"Alice's books could not be written: {reason}",
            "Make room on the disk, then look with nucypher policies how far it came.", cause));
        if (Sender is { } asker && !_errands.ContainsKey(asker))
            asker.Tell(failure);
        foreach (var errand in _errands.Values)
            errand.Asker.Tell(failure);
        _errands.Clear();
    }

    private void Make(MakeGrant make)
    {
        var hrac = _identity.HracFor(make.Terms.Bob, make.Terms.Label);
        var refusal = make.Terms.AreValid(Now)
            ? RefusalOf(hrac, _grants.DecideStart(hrac, Now))
            : GrantRefusal.InvalidTerms;
        if (refusal != GrantRefusal.None)
        {
            Sender.Tell(new GrantNotMade(null, refusal, []));
            return;
        }

        var (last, options, asker) = (_grants.Find(hrac), OptionsFor(make.Deadline), Sender);
        var (identity, random, peers) = (_identity, _random, _peers);
        Send(
            hrac, asker, make.Deadline,
            ActorProps.Of(() => new GrantActor(make.Terms, last, identity, options, random, peers, asker)));
    }

    private void Renew(RenewGrant renew)
    {
        if (_grants.Find(renew.Hrac) is not { } grant)
        {
            Sender.Tell(new OrderNotDone(GrantRefusal.Unknown, []));
            return;
        }

        if ((renew.Rules ?? grant.Rules) is not { } rules)
        {
            Sender.Tell(new OrderNotDone(GrantRefusal.RulesUnknown, []));
            return;
        }

        if (!grant.CanEndAt(renew.NotAfter, rules, Now))
        {
            Sender.Tell(new OrderNotDone(GrantRefusal.InvalidTerms, []));
            return;
        }

        var validity = grant.Validity with { NotAfter = renew.NotAfter };
        var session = OrderSession.Renew(
            grant, validity, _identity, OptionsFor(renew.Deadline), Now, _random, rules);
        Order(grant.Hrac, session, _grants.DecideRenewal(grant.Hrac, validity, session.Version, Now), renew.Deadline);
    }

    private void Revoke(RevokeGrant revoke)
    {
        if (_grants.Find(revoke.Hrac) is not { } grant)
        {
            Sender.Tell(new OrderNotDone(GrantRefusal.Unknown, []));
            return;
        }

        var session = OrderSession.Revoke(grant, _identity, OptionsFor(revoke.Deadline), Now, _random);
        Order(grant.Hrac, session, _grants.DecideRevocation(grant.Hrac, session.Version), revoke.Deadline);
    }

    private void TakeBack(TakeBackGrant take)
    {
        if (Grant.OfMap(_identity, take.Bob, take.Label, take.Map) is not { } found)
        {
            Sender.Tell(new OrderNotDone(GrantRefusal.Unknown, []));
            return;
        }

        var (asker, decision) = (Sender, _grants.DecideFound(found));
        if (!decision.IsAccepted)
            asker.Tell(new OrderNotDone(decision.Refusal, []));
        else
            // it was applied just now, or before
            Remember(decision, () => asker.Tell(new GrantFound(_grants.Find(found.Hrac)!)));
    }

    private void Order(Hrac hrac, OrderSession session, GrantDecision decision, TimeSpan? deadline)
    {
        var refusal = RefusalOf(hrac, decision);
        if (refusal != GrantRefusal.None)
        {
            Sender.Tell(new OrderNotDone(refusal, []));
            return;
        }

        var (asker, peers) = (Sender, _peers);
        Remember(
            decision, () => Send(hrac, asker, deadline, ActorProps.Of(() => new OrderActor(session, peers, asker))));
    }

    private void Begin()
    {
        RepublishMaps();
        RevokeLater();
    }

    // Who was down when Alice revoked is asked until she confirms or the policy's time is over.
    private void RevokeLater()
    {
        if (_grants.All.Any(grant => grant.IsRevocationOpen(Now)))
            Timers.StartSingleTimer("revoke", new RevokeOpen(), _revokeAgainIn);
    }

    private void GoOnRevoking()
    {
        foreach (var grant in _grants.All.Where(grant => grant.IsRevocationOpen(Now)))
        {
            if (_errands.Count >= _options.MaxErrands || _errands.Values.Any(errand => errand.Hrac == grant.Hrac))
                continue;
            var session = OrderSession.RevokeAgain(grant, _identity, _options.Grant, Now, _random);
            var peers = _peers;
            Send(
                grant.Hrac, ActorRefs.Nobody, null,
                ActorProps.Of(() => new OrderActor(session, peers, ActorRefs.Nobody)));
        }

        var next = 2 * _revokeAgainIn;
        _revokeAgainIn = next < _options.MaxRevokeAgainDelay ? next : _options.MaxRevokeAgainDelay;
        RevokeLater();
    }

    private static void Note(string order, string outcome)
    {
        AliceMeter.Count(order, outcome);
        Context.GetLogger().Info("A {0}: {1}.", order, outcome);
    }

    private GrantRefusal RefusalOf(Hrac hrac, GrantDecision decision) =>
        !decision.IsAccepted ? decision.Refusal
        : _errands.Values.Any(errand => errand.Hrac == hrac)
            || _errands.Count >= _options.MaxErrands ? GrantRefusal.Busy
        : GrantRefusal.None;

    private void Send(Hrac hrac, IActorRef asker, TimeSpan? deadline, Props props)
    {
        var until = Context.System.Scheduler.MonotonicClock + OptionsFor(deadline).Deadline;
        var child = Context.Watch(Context.ActorOf(props, $"errand-{++_lastErrand}"));
        _errands.Add(child, new Errand(hrac, asker, until));
    }

    private void Plan(DepositsPlanned planned)
    {
        var child = Sender;
        var decision = _grants.DecideBegun(planned);
        if (decision.IsAccepted)
        {
            Remember(decision, () => child.Tell(new DepositsRemembered()));
            return;
        }

        Answer(child, new GrantNotMade(null, decision.Refusal, []));
        Context.Stop(child);
    }

    private void Failed(GrantFailed failed)
    {
        var child = Sender;
        Note("grant", failed.Failure.ToString());
        Remember(
            _grants.DecideFailed(failed), () => Answer(
                child, new GrantNotMade(failed.Failure, GrantRefusal.None, failed.Outcomes)));
    }

    private void Made(GrantFinished finished)
    {
        var child = Sender;
        var decision = _grants.DecideMade(finished);
        Note("grant", decision.IsAccepted ? "made" : decision.Refusal.ToString());
        if (!decision.IsAccepted)
            Answer(child, new GrantNotMade(null, decision.Refusal, finished.Outcomes));
        else
            Remember(decision, () => PublishFor(child, finished.Outcomes));
    }

    private void Confirm(OrderReceived received)
    {
        if (_errands.TryGetValue(Sender, out var errand))
            Remember(_grants.DecideReceipt(errand.Hrac, received.Receipt), () => { });
    }

    private void Ended(OrderFinished finished)
    {
        var child = Sender;
        if (!_errands.TryGetValue(child, out var errand))
            return;
        if (finished.Validity is null)
        {
            var grant = _grants.Find(errand.Hrac)!; // grants are never forgotten
            Note("revocation", !grant.IsRevoked ? "not yet enough" : grant.IsRevocationOpen(Now)
                ? "enough, some not yet" : "done");
            AnswerRevocation(child, errand, new GrantRevocation(grant, finished.Outcomes));
            RevokeLater();
            return;
        }

        var decision = _grants.DecideRenewed(errand.Hrac, finished, _identity.Signer, _random);
        Note("renewal", decision.IsAccepted ? "done" : decision.Refusal.ToString());
        if (!decision.IsAccepted)
            Answer(child, new OrderNotDone(decision.Refusal, finished.Outcomes));
        else
            Remember(decision, () => PublishFor(child, finished.Outcomes));
    }

    // Beside the orders: what is published in the map's place goes out while the Ursulas are asked.
    private void Withdraw(MapWithdrawn withdrawn)
    {
        var child = Sender;
        if (!_errands.TryGetValue(child, out var errand))
            return;
        errand.IsWithdrawing = Spread(withdrawn.Record, _ =>
        {
            errand.IsWithdrawing = false;
            if (errand.Revocation is not null)
                AnswerWithdrawn(child);
        });
    }

    // Who revokes and goes, as a command does, waits until the map is taken back, but not longer than for the Ursulas.
    private void AnswerRevocation(IActorRef child, Errand errand, GrantRevocation revocation)
    {
        errand.Revocation = revocation;
        var left = errand.Deadline - Context.System.Scheduler.MonotonicClock;
        if (errand.IsWithdrawing && left > TimeSpan.Zero)
            Timers.StartSingleTimer(errand, new WithdrawalLate(child), left);
        else
            AnswerWithdrawn(child);
    }

    private void AnswerWithdrawn(IActorRef child)
    {
        if (!_errands.Remove(child, out var errand))
            return;
        Timers.Cancel(errand);
        errand.Asker.Tell(errand.Revocation);
    }

    private void Remember(GrantDecision decision, Action then)
    {
        var left = decision.Events.Count;
        if (left == 0)
            then();
        else
            PersistAll(decision.Events, grantEvent => ApplyAndGoOn(grantEvent, --left == 0 ? then : null));
    }

    private void ApplyAndGoOn(GrantEvent grantEvent, Action? then)
    {
        _grants.Apply(grantEvent);
        then?.Invoke();
    }

    private void PublishFor(IActorRef child, IReadOnlyList<UrsulaOutcome> outcomes)
    {
        if (!_errands.Remove(child, out var errand))
            return;
        var grant = _grants.Find(errand.Hrac)!; // it was applied just now
        if (!TryPublish(grant, holders => errand.Asker.Tell(new GrantPublished(grant, holders, outcomes))))
            errand.Asker.Tell(new GrantPublished(grant, 0, outcomes));
    }

    // What does not verify is not ours: the journal was tampered with, and the grant can't be published.
    private bool TryPublish(Grant grant, Action<int> published)
    {
        if (SignedRecord.TryRead(grant.MapRecord.Span, out var record) && Spread(record, published))
            return true;
        Context.GetLogger().Error("The treasure map of \"{0}\" in the journal is damaged; grant anew.", grant.Label);
        return false;
    }

    private bool Spread(SignedRecord record, Action<int> published)
    {
        if (!record.TryVerify(RecordSignatures.Verify, out var verified))
            return false;
        _kademlia.Send(
            id => new PublishRecord(id, verified), outcome => published((outcome as Stored)?.Acknowledged ?? 0));
        return true;
    }

    private void RepublishMaps()
    {
        foreach (var grant in _grants.All)
            _unpublished.Enqueue(grant.Hrac);
        RepublishNext();
    }

    // A few at a time: Kademlia refuses what is more than it can do at once, and would never publish it again.
    private void RepublishNext()
    {
        while (_republishing < _options.MaxRepublications && _unpublished.TryDequeue(out var hrac))
        {
            if (_grants.Find(hrac) is { } grant && TryRepublish(grant))
                _republishing++;
        }
    }

    private bool TryRepublish(Grant grant) =>
        grant.IsRevoking
            ? grant.Withdrawal(_identity.Signer, Now, _random) is { } withdrawal && Spread(withdrawal, Republished)
            : grant.StatusAt(Now) is GrantStatus.Active or GrantStatus.NotYet && TryPublish(grant, Republished);

    private void Republished(int holders)
    {
        _republishing--;
        RepublishNext();
    }

    private void Answer(IActorRef child, object answer)
    {
        if (_errands.Remove(child, out var errand))
            errand.Asker.Tell(answer);
    }

    // A child that stopped without a result has crashed; its supervisor has logged why.
    private void Lost(IActorRef child)
    {
        if (_errands.TryGetValue(child, out var errand) && errand.Revocation is null)
            Answer(
                child, new Status.Failure(new InvalidOperationException("Alice's errand stopped before it was done.")));
    }

    private GrantOptions OptionsFor(TimeSpan? deadline) =>
        deadline is { } limit ? _options.Grant with { Deadline = limit } : _options.Grant;

    private sealed record RevokeOpen;

    private sealed record WithdrawalLate(IActorRef Child);

    /// <summary>A piece of work that is under way.</summary>
    private sealed class Errand(Hrac hrac, IActorRef asker, TimeSpan deadline)
    {
        public Hrac Hrac => hrac;

        public IActorRef Asker => asker;

        /// <summary>By the monotonic clock.</summary>
        public TimeSpan Deadline => deadline;

        /// <summary>Whether the map's withdrawal is on its way.</summary>
        public bool IsWithdrawing { get; set; }

        /// <summary>What came of a revocation; null until it is over.</summary>
        public GrantRevocation? Revocation { get; set; }
    }
}
