using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>One policy at one Ursula: what Alice ordered, the kfrag while it lives, the tombstone after it.</summary>
/// <remarks>
/// Decide and apply: <see cref="Decide"/> turns a request into events and a reply and changes nothing but the nonces
/// that it has seen; <see cref="Apply"/> takes an event that was persisted, and can't fail. Pure: no I/O, no clock, no
/// entropy of its own; remote input never makes it throw. An order counts only if its version is higher than that of
/// every order before, tombstones included; exact repetitions of the last order get their answer again.
/// </remarks>
public sealed class UrsulaPolicy : IDisposable
{
    private readonly ProxyKeys _keys;
    private readonly UrsulaOptions _options;
    private readonly ReplayWindow _nonces;
    private PolicyArranged? _arrangement;
    private KeyFragDeposited? _held;
    private PolicyEvent? _tombstone;
    private VerifiedKeyFrag? _kfrag;
    private PolicyVersion? _lastVersion;
    private Digest _lastOrder;
    private DateTimeOffset _endedAt;
    private int _arrangements;
    private ReadOnlyMemory<byte> _storedBob;
    private int _renewals;

    /// <summary>Starts with nothing known of the policy; apply its persisted events next.</summary>
    /// <param name="id">Which policy.</param>
    /// <param name="keys">The Ursula's; not disposed here.</param>
    /// <param name="options">Her limits.</param>
    public UrsulaPolicy(PolicyId id, ProxyKeys keys, UrsulaOptions options)
    {
        (Id, _keys, _options) = (id, keys, options);
        _nonces = new ReplayWindow(options.RequestWindow, options.MaxNonces);
    }

    /// <summary>Which policy.</summary>
    public PolicyId Id { get; }

    /// <summary>Where it is in its life.</summary>
    public PolicyStage Stage => _held is not null ? PolicyStage.Held
        : _arrangement is not null ? PolicyStage.Arranged
        : _tombstone is PolicyRevoked ? PolicyStage.Revoked
        : _tombstone is PolicyExpired ? PolicyStage.Expired
        : PolicyStage.Unknown;

    /// <summary>
    /// Whose policy it is, as <see cref="ProxyKeys.TagOf"/> gives it; null while nothing is known of it.
    /// </summary>
    public Digest? Owner { get; private set; }

    /// <summary>Whom it is for, in the same way; null without a kfrag.</summary>
    public Digest? Reader => _held is null ? null : _keys.TagOf(_held.Bob);

    /// <summary>The time in which the kfrag is served, as far as the rules let; null without a kfrag.</summary>
    public Validity? Validity => _held?.Served;

    /// <summary>The version of the kfrag; null without a kfrag.</summary>
    public PolicyVersion? KeyFragVersion => _held?.Version;

    /// <summary>
    /// When <see cref="DecideExpiry"/> must be called, and then <see cref="IsForgettable"/>: the arrangement lapses,
    /// the time is over, or the tombstone's is. Null: never.
    /// </summary>
    public DateTimeOffset? WakeAt => Earlier(_arrangement?.DepositBy, _held?.Served.NotAfter ?? TombstoneEnd);

    /// <summary>
    /// Until which uptime the core must stay in memory, or replays could pass; null: it can be passivated at any time.
    /// </summary>
    public TimeSpan? BusyUntil => _nonces.QuietAt;

    /// <summary>Whether nothing of the policy needs to be kept, not even the tombstone.</summary>
    public bool IsForgettable(DateTimeOffset now) => Stage switch
    {
        PolicyStage.Unknown => true,
        PolicyStage.Revoked or PolicyStage.Expired => TombstoneEnd <= now,
        _ => false,
    };

    private DateTimeOffset? TombstoneEnd => _tombstone is null ? null : _endedAt + _options.TombstoneLife;

    /// <summary>Decides on a request about this policy.</summary>
    /// <param name="request">Read, not verified: that is done here.</param>
    /// <param name="load">What the Ursula holds besides this policy.</param>
    /// <param name="time">Her clocks.</param>
    /// <param name="random">For signatures, seals and proofs.</param>
    /// <param name="facts">What was found out for it; null: nothing was asked yet.</param>
    /// <exception cref="ArgumentException">The request is about another policy.</exception>
    public UrsulaDecision Decide(
        UrsulaRequest request, UrsulaLoad load, ClockReading time, RandomSource random, KnownFacts? facts = null)
    {
        if (request.Policy != Id)
            throw new ArgumentException("The request is about another policy.", nameof(request));
        var turn = new UrsulaTurn(_keys, request.Hash, time, facts, random);
        return request.Message switch
        {
            SignedMessage<ArrangementProposal> proposal => Propose(proposal, load, turn),
            SignedMessage<KeyFragDeposit> deposit => Deposit(deposit, turn),
            SignedMessage<RenewalOrder> order => Renew(order, turn),
            SignedMessage<RevocationOrder> order => Revoke(order, turn),
            SignedMessage<ReencryptionRequest> asked => Reencrypt(asked, turn),
            _ => throw new ArgumentException("Not a request.", nameof(request)),
        };
    }

    /// <summary>Decides what ends: the arrangement, the policy, or nothing.</summary>
    /// <param name="over">What ended up to then has ended for certain: <see cref="ClockReading.Over"/>.</param>
    /// <param name="random">For the seal of the tombstone.</param>
    public IReadOnlyList<PolicyEvent> DecideExpiry(DateTimeOffset over, RandomSource random)
    {
        if (_held is { } held && _options.IsOver(held.Served, over))
        {
            var bob = _keys.StoreName(held.Bob, Id, random);
            return [new PolicyExpired(Id, _lastVersion!.Value, held.Served.NotAfter, held.Owner, bob)];
        }

        return _arrangement is { } arranged && arranged.DepositBy <= over
            ? [new ArrangementLapsed(arranged.DepositBy)]
            : [];
    }

    /// <summary>
    /// Whether everything persisted before this event must be deleted, asked before it is applied: the policy is over,
    /// or a new kfrag takes the place of the one held.
    /// </summary>
    public bool EndsHistory(PolicyEvent policyEvent) =>
        policyEvent.EndsHistory || (policyEvent is KeyFragDeposited && _held is not null);

    /// <summary>Applies an event that was persisted.</summary>
    public void Apply(PolicyEvent policyEvent)
    {
        switch (policyEvent)
        {
            case PolicyArranged arranged:
                (_arrangement, Owner, _arrangements) = (arranged, arranged.Owner, _arrangements + 1);
                break;
            case ArrangementLapsed:
                _arrangement = null;
                break;
            case KeyFragDeposited deposited:
                Hold(deposited);
                break;
            case PolicyRenewed renewed:
                Extend(renewed);
                break;
            case PolicyRevoked revoked:
                Bury(revoked, revoked.Version, revoked.At, revoked.Owner, revoked.StoredBob);
                break;
            case PolicyExpired expired:
                Bury(expired, expired.Version, expired.At, expired.Owner, expired.StoredBob);
                break;
        }
    }

    /// <summary>A hash over all that was applied: equal after a recovery.</summary>
    public Digest StateHash()
    {
        var state = new FieldWriter()
            .Digest(Id.Value).Digest(_lastOrder).FourByteNumber((uint)_renewals).FourByteNumber((uint)_arrangements);
        _arrangement?.Write(state.Byte(1));
        _held?.Write(state.Byte(2));
        _tombstone?.Write(state.Byte(3));
        if (_lastVersion is { } version)
            state.Byte(4).Version(version);
        return DomainHash.Compute(DomainTags.State, state.ToArray());
    }

    /// <summary>Zeroes the kfrag.</summary>
    public void Dispose()
    {
        _kfrag?.Dispose();
        _kfrag = null;
    }

    private UrsulaDecision Propose(SignedMessage<ArrangementProposal> message, UrsulaLoad load, UrsulaTurn turn)
    {
        var proposal = message.Claims;
        if (_arrangement is { } known && known.Proposal == turn.Request && turn.Now < known.DepositBy)
            return turn.Answer(Acceptance(turn, known.DepositBy));
        var refusal = proposal.Ursula != _keys.Id ? RefusalReason.NotForMe
            : !message.Verify(proposal.Alice, out _) ? RefusalReason.BadSignature
            : turn.Time.IsDoubtful ? RefusalReason.Busy
            : CheckLoad(load) is var full and not RefusalReason.None ? full
            : proposal.Version <= _arrangement?.Version ? RefusalReason.StaleVersion
            : (turn.Now - proposal.IssuedAt).Duration() > _options.OrderWindow ? RefusalReason.OutsideTimeWindow
            : CheckOrder(proposal.Version);
        if (refusal == RefusalReason.None)
            refusal = CheckValidity(proposal.Validity, turn.Now);
        if (refusal != RefusalReason.None)
            return turn.Refuse(refusal);
        var depositBy = turn.Now + _options.ArrangementLife;
        return turn.Answer(
            Acceptance(turn, depositBy), new PolicyArranged(
                turn.Request, _keys.TagOf(proposal.Alice), proposal.Version, proposal.Validity, depositBy));
    }

    private UrsulaDecision Deposit(SignedMessage<KeyFragDeposit> message, UrsulaTurn turn)
    {
        var deposit = message.Claims;
        if (_held is not null && _lastOrder == turn.Request)
            return turn.Receipt(PolicyReceiptKind.Deposited, Id);
        var refusal = deposit.Ursula != _keys.Id ? RefusalReason.NotForMe
            : !message.Verify(deposit.Alice, out _) ? RefusalReason.BadSignature
            : CheckOrder(deposit.Version);
        if (refusal == RefusalReason.None)
            refusal = CheckArrangement(deposit, turn.Now);
        var rules = PolicyRules.None;
        if (refusal == RefusalReason.None)
            refusal = CheckRules(deposit.Rules, deposit.Validity, turn.Now, out rules);
        return refusal == RefusalReason.None ? Take(deposit, rules, turn) : turn.Refuse(refusal);
    }

    private UrsulaDecision Take(KeyFragDeposit deposit, PolicyRules rules, UrsulaTurn turn)
    {
        if (!_keys.TryUnseal(deposit, out var kfrag))
            return turn.Refuse(RefusalReason.UnreadableKeyFrag);
        using (kfrag)
        {
            var verdict = kfrag.Verify(deposit.Alice, deposit.PolicyKey, deposit.Bob.EncryptingKey, out var verified);
            if (verdict != KeyFragVerdict.Valid)
                return turn.Refuse(RefusalReason.InvalidKeyFrag);
            using (verified)
            {
                var stored = _keys.Store(verified!, Id, deposit.Version, turn.Random);
                return turn.Receipt(PolicyReceiptKind.Deposited, Id, new KeyFragDeposited(
                    turn.Request, _keys.TagOf(deposit.Alice), deposit.Version, deposit.Validity,
                    deposit.Bob.VerifyingKey,
                    deposit.PolicyKey, deposit.Terms, stored)
                {
                    Rules = rules,
                });
            }
        }
    }

    private UrsulaDecision Renew(SignedMessage<RenewalOrder> message, UrsulaTurn turn)
    {
        var order = message.Claims;
        if (_held is not null && _lastOrder == turn.Request)
            return turn.Receipt(PolicyReceiptKind.Renewed, Id);
        var refusal = order.Ursula != _keys.Id ? RefusalReason.NotForMe
            : !message.Verify(order.Alice, out _) ? RefusalReason.BadSignature
            : turn.Time.IsDoubtful ? RefusalReason.Busy
            : CheckHeld(turn.Time);
        if (refusal == RefusalReason.None)
            refusal = CheckOrder(order.Version);
        if (refusal == RefusalReason.None)
            refusal = _renewals < _options.MaxRenewals
                ? CheckValidity(order.Validity, turn.Now)
                : RefusalReason.TooManyRenewals;
        var rules = PolicyRules.None;
        if (refusal == RefusalReason.None)
            refusal = CheckRules(order.Rules, order.Validity, turn.Now, out rules);
        return refusal == RefusalReason.None
            ? turn.Receipt(
                PolicyReceiptKind.Renewed, Id, new PolicyRenewed(turn.Request, order.Version, order.Validity)
                {
                    Rules = rules,
                })
            : turn.Refuse(refusal);
    }

    private UrsulaDecision Revoke(SignedMessage<RevocationOrder> message, UrsulaTurn turn)
    {
        var order = message.Claims;
        var refusal = order.Ursula != _keys.Id ? RefusalReason.NotForMe
            : !message.Verify(order.Alice, out _) ? RefusalReason.BadSignature
            : Stage == PolicyStage.Unknown ? RefusalReason.UnknownPolicy
            : RefusalReason.None;

        // What is over is receipted with the time of its end, and an order of a later version ends it anew: a receipt
        // never covers a version, or a time, that the tombstone doesn't.
        if (refusal == RefusalReason.None
            && Stage is PolicyStage.Revoked or PolicyStage.Expired && order.Version <= _lastVersion)
            return turn.Answer(new PolicyReceipt(PolicyReceiptKind.Revoked, turn.Request, Id, _keys.Id, _endedAt));
        if (refusal == RefusalReason.None)
            refusal = CheckOrder(order.Version);
        return refusal == RefusalReason.None
            ? turn.Receipt(PolicyReceiptKind.Revoked, Id, Revoked(order, turn))
            : turn.Refuse(refusal);
    }

    private UrsulaDecision Reencrypt(SignedMessage<ReencryptionRequest> message, UrsulaTurn turn)
    {
        var request = message.Claims;
        var refusal = CheckAsker(message);
        if (refusal == RefusalReason.None)
            refusal = CheckHeld(turn.Time);
        if (refusal == RefusalReason.None)
            refusal = CheckRequest(request, turn.Time);
        if (refusal == RefusalReason.None)
            refusal = CheckRules(_held!.Rules, turn);
        if (refusal != RefusalReason.None)
            return turn.Refuse(refusal) with { Questions = QuestionsFor(refusal, turn) };
        _kfrag ??= _keys.Load(_held!.StoredKeyFrag.Span, Id, _held.Version);
        if (_kfrag is null)
            return turn.Refuse(RefusalReason.NoKeyFrag);
        _nonces.Remember(request.Nonce, request.IssuedAt, turn.Time);
        var cfrags = new ReadOnlyMemory<byte>[request.Capsules.Count];
        for (var i = 0; i < cfrags.Length; i++)
        {
            if (request.Capsules[i] is { } capsule)
                cfrags[i] = ProxyReencryption.Reencrypt(capsule, _kfrag, turn.Random).ToBytes();
        }

        return turn.Answer(new ReencryptionResponse(turn.Request, _keys.Id, _held!.Terms, _held.PolicyKey, cfrags));
    }

    // Nobody but the Bob of the policy learns anything of it: to all others it is unknown, and a signature is checked
    // in any case.
    private RefusalReason CheckAsker(SignedMessage<ReencryptionRequest> message)
    {
        if (message.Claims.Ursula != _keys.Id)
            return RefusalReason.NotForMe;
        var bob = _held?.Bob ?? _keys.LoadName(_storedBob.Span, Id);
        var isBob = message.Verify(bob ?? _keys.Signer.VerifyingKey, out _) && bob is not null;
        return isBob ? RefusalReason.None : RefusalReason.UnknownPolicy;
    }

    private RefusalReason CheckRequest(ReencryptionRequest request, ClockReading time)
    {
        if (time.Earliest < _held!.Validity.NotBefore)
            return RefusalReason.NotYet;
        if (request.KeyFragVersion != _held.Version)
            return RefusalReason.OtherKeyFragVersion;
        if (request.Capsules.Count > _options.MaxCapsules)
            return RefusalReason.TooManyCapsules;
        return _nonces.Check(request.Nonce, request.IssuedAt, time) switch
        {
            ReplayVerdict.Fresh => RefusalReason.None,
            ReplayVerdict.Replayed => RefusalReason.Replayed,
            ReplayVerdict.Full => RefusalReason.Busy,
            _ => RefusalReason.OutsideTimeWindow,
        };
    }

    // What an Alice can make grow: policies, and the events of one.
    private RefusalReason CheckLoad(UrsulaLoad load)
    {
        if (_arrangements >= _options.MaxArrangements)
            return RefusalReason.TooManyArrangements;
        if (Stage != PolicyStage.Unknown)
            return RefusalReason.None;
        return load.Policies >= _options.MaxPolicies ? RefusalReason.Full
            : load.OfOwner >= _options.MaxPoliciesPerAlice || load.OfSource >= _options.MaxPoliciesPerSource
                ? RefusalReason.ShareUsedUp
            : RefusalReason.None;
    }

    private RefusalReason CheckHeld(ClockReading time) => Stage switch
    {
        PolicyStage.Held => _options.IsOver(_held!.Served, time.Latest) ? RefusalReason.Expired : RefusalReason.None,
        PolicyStage.Arranged => RefusalReason.NoKeyFrag,
        PolicyStage.Revoked => RefusalReason.Revoked,
        PolicyStage.Expired => RefusalReason.Expired,
        _ => RefusalReason.UnknownPolicy,
    };

    // No order is compared with a clock but the proposal, which alone can start what was forgotten.
    private RefusalReason CheckOrder(PolicyVersion version)
    {
        if (_lastVersion is not { } last || version > last)
            return RefusalReason.None;
        if (_held is not null || _tombstone is null)
            return RefusalReason.StaleVersion;
        return _tombstone is PolicyRevoked ? RefusalReason.Revoked : RefusalReason.Expired;
    }

    private RefusalReason CheckValidity(Validity validity, DateTimeOffset now)
    {
        if (validity.IsOver(now) || validity.NotAfter - now > _options.MaxDuration)
            return RefusalReason.Duration;
        return validity.NotBefore - now > _options.MaxLeadTime ? RefusalReason.TooFarAhead : RefusalReason.None;
    }

    private RefusalReason CheckRules(
        ReadOnlyMemory<byte> bytes, Validity validity, DateTimeOffset now, out PolicyRules rules)
    {
        if (!PolicyRules.TryRead(bytes.Span, out var read))
        {
            rules = PolicyRules.None;
            return RefusalReason.RulesNotUnderstood;
        }

        rules = read;
        return !MayAsk(rules) ? RefusalReason.HostNotAsked
            : rules.EndWithin(validity) > now ? RefusalReason.None
            : RefusalReason.RulesNeverHold;
    }

    private bool MayAsk(PolicyRules rules) =>
        rules.Questions.All(fact => _options.FactHosts.Contains(fact.Host, StringComparer.OrdinalIgnoreCase));

    // Asked only for a Bob whose request is good but for the condition, so that nobody else has her ask anybody.
    private IReadOnlyList<JsonFact> QuestionsFor(RefusalReason refusal, UrsulaTurn turn) =>
        refusal == RefusalReason.ConditionUnknown && turn.Facts is null && MayAsk(_held!.Rules)
            ? _held.Rules.Questions
            : [];

    private static RefusalReason CheckRules(PolicyRules rules, UrsulaTurn turn) =>
        rules.At(turn.Time, turn.Facts ?? KnownFacts.None) switch
        {
            RulesVerdict.Holds => RefusalReason.None,
            RulesVerdict.OutsideSchedule => RefusalReason.OutsideSchedule,
            RulesVerdict.ConditionFalse => RefusalReason.ConditionFalse,
            _ => RefusalReason.ConditionUnknown,
        };

    private RefusalReason CheckArrangement(KeyFragDeposit deposit, DateTimeOffset now)
    {
        if (_arrangement is not { } arranged || arranged.Version != deposit.Version || now >= arranged.DepositBy)
            return RefusalReason.NoArrangement;
        return arranged.Validity == deposit.Validity
            ? CheckValidity(deposit.Validity, now)
            : RefusalReason.ArrangementDiffers;
    }

    private PolicyRevoked Revoked(RevocationOrder order, UrsulaTurn turn)
    {
        ReadOnlyMemory<byte> bob = _held is null ? _storedBob : _keys.StoreName(_held.Bob, Id, turn.Random);
        return new PolicyRevoked(Id, order.Version, turn.Now, _keys.TagOf(order.Alice), bob);
    }

    private ArrangementAcceptance Acceptance(UrsulaTurn turn, DateTimeOffset depositBy) =>
        new(turn.Request, _keys.Id, depositBy);

    private void Hold(KeyFragDeposited deposited)
    {
        Dispose();
        (_held, _arrangement, _tombstone) = (deposited, null, null);
        (_lastVersion, _lastOrder, _renewals) = (deposited.Version, deposited.Order, 0);
        (Owner, _arrangements, _storedBob) = (deposited.Owner, 0, default);
    }

    private void Extend(PolicyRenewed renewed)
    {
        if (_held is not null)
            _held = _held with { Validity = renewed.Validity, Rules = renewed.Rules };
        (_lastVersion, _lastOrder, _renewals) = (renewed.Version, renewed.Order, _renewals + 1);
    }

    private void Bury(
        PolicyEvent tombstone, PolicyVersion version, DateTimeOffset at, Digest owner, ReadOnlyMemory<byte> storedBob)
    {
        Dispose();
        (_held, _arrangement, _tombstone, _endedAt) = (null, null, tombstone, at);
        (_lastVersion, _lastOrder, _renewals) = (version, default, 0);
        (Owner, _arrangements, _storedBob) = (owner, 0, storedBob);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
