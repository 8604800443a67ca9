using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// The making of one grant: proposes to many Ursulas at once, deposits with those that accept, replaces those that
/// don't.
/// </summary>
/// <remarks>
/// Pure: no I/O, no clock, no entropy of its own; returns effects in order, and is deterministic for its inputs. Ends
/// with exactly one <see cref="GrantFinished"/> or <see cref="GrantFailed"/>, the latest at the deadline; inputs after
/// it have no effect. No kfrag leaves before Alice's books know to whom (<see cref="DepositsPlanned"/>). An Ursula that
/// was sent a kfrag but did not confirm it is ordered to drop it, and stays a holder until she confirms. Alice's and
/// Bob's own nodes are never chosen, nor a threshold of Ursulas that share a host, network or certificate. Candidates
/// are asked in random order: nobody can push himself forward.
/// </remarks>
public sealed class GrantSession : IDisposable
{
    // Alice and Bob themselves, who are known from the start.
    private const int Excluded = 2;

    private enum Step
    {
        Propose,
        Deposit,
        Withdraw,
    }

    private sealed record Purpose(Step Step, int Share);

    private sealed record Plan(ServiceTarget Target, int Share);

    private readonly GrantTerms _terms;
    private readonly Identity _alice;
    private readonly GrantOptions _options;
    private readonly RandomSource _random;
    private readonly Hrac _hrac;
    private readonly PolicyVersion _version;
    private readonly PublicKey _policyKey;
    private readonly DateTimeOffset _deadline;
    private readonly IReadOnlyList<VerifiedKeyFrag> _kfrags;
    private readonly PendingCalls<Purpose> _calls = new();
    private readonly HashSet<NodeId> _known = [];
    private readonly Queue<ServiceTarget> _candidates = new();
    private readonly Queue<ServiceTarget> _accepted = new();
    private readonly Queue<int> _openShares = new();
    private readonly ServiceTarget?[] _holders;
    private readonly List<KeyFragHolder> _unconfirmed = [];
    private readonly Queue<List<Plan>> _plans = new();
    private readonly IReadOnlyList<FormerGrant> _former;
    private PolicyVersion _lastVersion;
    private readonly List<UrsulaOutcome> _outcomes = [];
    private readonly SharedFate _fates;
    private readonly List<ServiceTarget> _passedOver = [];
    private readonly List<ServiceTarget> _acceptedInVain = [];
    private List<SessionEffect> _effects = [];
    private int _proposals;
    private bool _searching;
    private int _fruitless;
    private DateTimeOffset? _searchAt;
    private bool _finished;

    /// <summary>Splits the re-encryption key; call <see cref="Start"/> next.</summary>
    /// <param name="terms">What to grant.</param>
    /// <param name="previous">What Alice's books say of this policy, if anything: its deposits stay revocable.</param>
    /// <param name="alice">Her keys; not disposed here, and needed until the end.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="now">Alice's clock.</param>
    /// <param name="random">For keys, seals, signatures and the choice of Ursulas.</param>
    /// <exception cref="ArgumentOutOfRangeException">Threshold or shares out of range.</exception>
    /// <exception cref="ArgumentException">The time ends before it begins.</exception>
    public GrantSession(
        GrantTerms terms, Grant? previous, Identity alice, GrantOptions options, DateTimeOffset now,
        RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(terms.Shares, TreasureMap.MaxUrsulas, nameof(terms));
        ArgumentOutOfRangeException.ThrowIfLessThan(terms.Threshold, 1, nameof(terms));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(terms.Threshold, terms.Shares, nameof(terms));
        (_terms, _alice, _options, _random) =
            (terms with { Validity = terms.Validity.InMilliseconds() }, alice, options, random);
        _hrac = alice.HracFor(terms.Bob, terms.Label);
        _version = PolicyVersion.Next(previous?.LastVersion, now);
        (_lastVersion, _former) = (_version, previous?.LeftOver() ?? []);
        _deadline = now + options.Deadline;
        using var delegatingKey = alice.DelegatingKey(terms.Label);
        _policyKey = delegatingKey.PublicKey;
        _kfrags = ProxyReencryption.GenerateKeyFrags(
            delegatingKey, terms.Bob.EncryptingKey, alice.Signer, terms.Threshold, terms.Shares, true, true, random);
        _holders = new ServiceTarget?[terms.Shares];
        _fates = new SharedFate(terms.Threshold, options.ExemptLoopback);
        _known.UnionWith([alice.Id, terms.Bob.Id]);
        for (var share = 0; share < terms.Shares; share++)
            _openShares.Enqueue(share);
    }

    private bool IsExhausted => _fruitless > 0 && _fruitless >= _options.MaxFruitlessSearches;

    /// <summary>Begins: asks for candidates.</summary>
    public IReadOnlyList<SessionEffect> Start() => Turn(() =>
    {
        _effects.Add(new WakeAt(_deadline));
        Search();
    });

    /// <summary>
    /// Takes the answer to <see cref="FindCandidates"/>; after some without anybody new, with a pause between them,
    /// there are no more.
    /// </summary>
    public IReadOnlyList<SessionEffect> AddCandidates(IEnumerable<ServiceTarget> candidates, DateTimeOffset now) =>
        Turn(() =>
    {
        _searching = false;
        var before = _known.Count;
        foreach (var candidate in Shuffle.Of(candidates.Take(_options.MaxCandidates), _random))
        {
            if (_known.Count < _options.MaxCandidates + Excluded && _known.Add(candidate.Id))
                _candidates.Enqueue(candidate);
        }

        _fruitless = _known.Count == before ? _fruitless + 1 : 0;
        if (_fruitless > 0 && !IsExhausted)
        {
            _searchAt = now + _options.SearchDelay;
            _effects.Add(new WakeAt(_searchAt.Value));
        }

        Continue(now);
    });

    /// <summary>
    /// The oldest <see cref="DepositsPlanned"/> that was not answered yet is durable: sends its kfrags.
    /// </summary>
    public IReadOnlyList<SessionEffect> Remembered(DateTimeOffset now) => Turn(() =>
    {
        foreach (var plan in _plans.TryDequeue(out var plans) ? plans : [])
            Deposit(plan.Target, plan.Share, now);
    });

    /// <summary>Takes the answer to a call.</summary>
    public IReadOnlyList<SessionEffect> Answer(
        long callId, ServiceStatus status, ReadOnlyMemory<byte> body, DateTimeOffset now) => Turn(() =>
    {
        if (_calls.End(callId) is not { } call)
            return;
        if (call.Purpose.Step == Step.Propose)
            TakeAcceptance(call, status, body.Span, now);
        else
            TakeReceipt(call, status, body.Span, now);
        Continue(now);
    });

    /// <summary>Takes note of the time.</summary>
    public IReadOnlyList<SessionEffect> Wake(DateTimeOffset now) => Turn(() =>
    {
        if (now >= _deadline)
        {
            Fail(GrantFailure.DeadlinePassed, now);
        }
        else if (now >= _searchAt)
        {
            _searchAt = null;
            Continue(now);
        }
    });

    /// <summary>Zeroes the kfrags.</summary>
    public void Dispose()
    {
        foreach (var kfrag in _kfrags)
            kfrag.Dispose();
    }

    private List<SessionEffect> Turn(Action input)
    {
        _effects = [];
        if (!_finished)
            input();
        return _effects;
    }

    private void Continue(DateTimeOffset now)
    {
        PlanDeposits();
        if (Array.TrueForAll(_holders, holder => holder is not null))
        {
            Finish();
            return;
        }

        var wanted = _openShares.Count == 0 ? 0 : _openShares.Count + _options.Spares - _accepted.Count;
        while (_proposals < wanted && _candidates.Count > 0)
            ProposeOrPassOver(_candidates.Dequeue(), now);
        if (_proposals < wanted)
            Search();
        if (IsExhausted && !_searching && _plans.Count == 0 && _calls.All.All(
            call => call.Purpose.Step == Step.Withdraw))
            Fail(GrantFailure.TooFewUrsulas, now);
    }

    private void PlanDeposits()
    {
        List<Plan> plans = [];
        while (_openShares.Count > 0 && _accepted.Count > 0 && _unconfirmed.Count < Grant.MaxHolders - _holders.Length)
        {
            var target = _accepted.Dequeue();
            if (!_fates.Allows(target))
            {
                _acceptedInVain.Add(target);
                continue;
            }

            _fates.Add(target);
            var plan = new Plan(target, _openShares.Dequeue());
            _unconfirmed.Add(new KeyFragHolder(plan.Target.Id, plan.Share, false));
            plans.Add(plan);
        }

        if (plans.Count == 0)
            return;
        _plans.Enqueue(plans);
        _effects.Add(new DepositsPlanned(GrantWith(default)));
    }

    private void Search()
    {
        if (_searching || _searchAt is not null || IsExhausted)
            return;
        _searching = true;
        _effects.Add(new FindCandidates(_terms.Shares + _options.Spares));
    }

    private void ProposeOrPassOver(ServiceTarget target, DateTimeOffset now)
    {
        if (_fates.Allows(target))
            Propose(target, now);
        else
            _passedOver.Add(target);
    }

    private void Propose(ServiceTarget target, DateTimeOffset now)
    {
        _proposals++;
        var proposal = new ArrangementProposal(
            _alice.VerifyingKey, _hrac.Name, target.Id, _version, now, _terms.Validity);
        Call(target, ServiceKind.ProposeArrangement, proposal, new Purpose(Step.Propose, -1), now);
    }

    private void Deposit(ServiceTarget target, int share, DateTimeOffset now)
    {
        var kfrag = _kfrags[share].ToBytes();
        var policy = PolicyId.Of(_alice.VerifyingKey, _hrac);
        var deposit = new KeyFragDeposit(
            _alice.VerifyingKey, _hrac.Name, target.Id, _version, _terms.Validity, _terms.Bob, _policyKey,
            SealedKeyFrag.HashOf(kfrag),
            SealedKeyFrag.Seal(kfrag, target.EncryptingKey, policy, _version, target.Id, _random))
        {
            Rules = _terms.Rules.ToBytes(),
        };
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(kfrag);
        Call(target, ServiceKind.DepositKeyFrag, deposit, new Purpose(Step.Deposit, share), now);
    }

    private void Withdraw(ServiceTarget target, int share, DateTimeOffset now)
    {
        _lastVersion = PolicyVersion.Next(_lastVersion, now);
        var order = new RevocationOrder(_alice.VerifyingKey, _hrac.Name, target.Id, _lastVersion);
        Call(target, ServiceKind.Revoke, order, new Purpose(Step.Withdraw, share), now);
    }

    private void Call<TBody>(
        ServiceTarget target, ServiceKind operation, TBody body, Purpose purpose, DateTimeOffset now)
        where TBody : class, IProtocolBody<TBody>
    {
        var message = SignedMessage.Sign(body, _alice.Signer, _random);
        _effects.Add(_calls.Start(target, operation, message, purpose, now, _options.CallTimeLimit));
    }

    private void TakeAcceptance(
        PendingCall<Purpose> call, ServiceStatus status, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        _proposals--;
        var acceptance = call.Read<ArrangementAcceptance>(status, body, now, out var failure);
        Report(failure ?? call.Outcome(UrsulaOutcomeKind.Accepted, now));
        if (acceptance is not null)
            _accepted.Enqueue(call.Target);
    }

    private void TakeReceipt(
        PendingCall<Purpose> call, ServiceStatus status, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var receipt = call.Read<PolicyReceipt>(status, body, now, out var failure);
        var wanted = call.Purpose.Step == Step.Deposit ? PolicyReceiptKind.Deposited : PolicyReceiptKind.Revoked;
        var confirmed = receipt?.Kind == wanted;
        var kind = wanted == PolicyReceiptKind.Deposited ? UrsulaOutcomeKind.Deposited : UrsulaOutcomeKind.Revoked;
        var outcome = failure ?? call.Outcome(confirmed ? kind : UrsulaOutcomeKind.BadAnswer, now);
        Report(outcome);
        if (call.Purpose.Step == Step.Deposit)
            SettleDeposit(call, confirmed, outcome.Kind, now);
        else if (confirmed)
            _unconfirmed.RemoveAll(holder => holder.Ursula == call.Target.Id);
    }

    private void SettleDeposit(PendingCall<Purpose> call, bool confirmed, UrsulaOutcomeKind kind, DateTimeOffset now)
    {
        var share = call.Purpose.Share;
        if (confirmed || kind == UrsulaOutcomeKind.Refused)
            _unconfirmed.RemoveAll(holder => holder.Ursula == call.Target.Id);
        if (confirmed)
        {
            _holders[share] = call.Target;
            return;
        }

        _openShares.Enqueue(share);
        if (kind == UrsulaOutcomeKind.Refused)
            Release(call.Target);
        else
            Withdraw(call.Target, share, now);
    }

    // Her place is free again: those who were passed over for her sake are candidates again.
    private void Release(ServiceTarget target)
    {
        _fates.Remove(target);
        _acceptedInVain.ForEach(_accepted.Enqueue);
        _passedOver.ForEach(_candidates.Enqueue);
        _acceptedInVain.Clear();
        _passedOver.Clear();
    }

    private void Report(UrsulaOutcome outcome)
    {
        _outcomes.Add(outcome);
        _effects.Add(new Progress(outcome));
    }

    private void Finish()
    {
        _finished = true;
        NodeId[] ursulas = [.. _holders.Select(holder => holder!.Id)];
        var map = new TreasureMap(_terms.Threshold, _version, _terms.Validity, _policyKey, ursulas);
        var record = map.ToRecord(_alice.Signer, _terms.Bob, _hrac, _version, _random);
        _effects.Add(new GrantFinished(GrantWith(record.Bytes), _outcomes));
    }

    // Whoever confirmed a new kfrag has no older one left.
    private Grant GrantWith(ReadOnlyMemory<byte> map)
    {
        KeyFragHolder[] confirmed =
        [
            .. _holders.Index().Where(held => held.Item is not null)
                .Select(held => new KeyFragHolder(held.Item!.Id, held.Index, true)),
        ];
        NodeId[] replaced = [.. confirmed.Select(holder => holder.Ursula)];
        return new Grant(
            _terms.Label, _terms.Bob, _hrac, _version, _lastVersion, _terms.Threshold, _terms.Shares, _terms.Validity,
            _policyKey, [.. confirmed, .. _unconfirmed], map, false, [], _terms.Validity.NotAfter,
            [.. _former.Select(former => former.Without(replaced)).Where(former => former.Holders.Count > 0)])
        {
            Rules = _terms.Rules,
        };
    }

    private void Fail(GrantFailure failure, DateTimeOffset now)
    {
        _finished = true;
        _outcomes.AddRange(_passedOver.Concat(_acceptedInVain).Select(target => new UrsulaOutcome(
            target.Id, UrsulaOutcomeKind.SharedFate, RefusalReason.None, TimeSpan.Zero)));
        var deposited = _holders.Count(holder => holder is not null);
        for (var share = 0; share < _holders.Length; share++)
        {
            if (_holders[share] is { } holder)
                Withdraw(holder, share, now);
        }

        foreach (var call in _calls.All.Where(call => call.Purpose.Step == Step.Deposit).ToList())
            Withdraw(call.Target, call.Purpose.Share, now);
        _effects.Add(new GrantFailed(_hrac, _lastVersion, failure, deposited, _outcomes));
    }
}
