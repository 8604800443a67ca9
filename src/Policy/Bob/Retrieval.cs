using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Bob;

/// <summary>
/// One retrieval: has the Ursulas of a treasure map re-encrypt capsules until a threshold of correct answers is there.
/// </summary>
/// <remarks>
/// Pure: no I/O, no clock, no entropy of its own; returns effects in order, and is deterministic for its inputs. Asks
/// as many Ursulas as are needed, in random order and at once; replaces each that fails, and asks one more each time
/// the hedge delay passes. Every cfrag is verified before it counts. Ends with exactly one
/// <see cref="RetrievalFinished"/> or <see cref="RetrievalFailed"/>, the latest at the deadline; inputs after it have
/// no effect.
/// </remarks>
public sealed class Retrieval
{
    /// <summary>From so many cfrags on, tables of Alice's key are worth their making.</summary>
    private const int MinPrepared = 5;

    private readonly TreasureMap _map;
    private readonly VerifyingKey _alice;
    private readonly PolicyId _policy;
    private readonly Digest _terms;
    private readonly Identity _bob;
    private readonly IReadOnlyList<Capsule> _capsules;
    private readonly RetrievalOptions _options;
    private readonly RandomSource _random;
    private readonly DateTimeOffset _deadline;
    private readonly Queue<NodeId> _unasked;
    private readonly Dictionary<NodeId, DateTimeOffset> _finding = [];
    private readonly PendingCalls<bool> _calls = new();
    private readonly CapsuleFragPile _pile;
    private readonly List<UrsulaOutcome> _outcomes = [];
    private List<SessionEffect> _effects = [];
    private DateTimeOffset _hedgeAt;
    private bool _finished;

    /// <summary>Prepares; call <see cref="Start"/> next.</summary>
    /// <param name="map">Opened by Bob.</param>
    /// <param name="alice">Who made the map and the kfrags.</param>
    /// <param name="hrac">The policy's name.</param>
    /// <param name="bob">Bob's keys; not disposed here, and needed until the end.</param>
    /// <param name="capsules">1 to <see cref="ReencryptionRequest.MaxCapsules"/>.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="now">Bob's clock.</param>
    /// <param name="random">For nonces, signatures and the order of asking.</param>
    /// <exception cref="ArgumentOutOfRangeException">No capsule, or too many.</exception>
    public Retrieval(
        TreasureMap map, VerifyingKey alice, Hrac hrac, Identity bob, IReadOnlyList<Capsule> capsules,
        RetrievalOptions options,
        DateTimeOffset now, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfZero(capsules.Count, nameof(capsules));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            capsules.Count, ReencryptionRequest.MaxCapsules, nameof(capsules));
        (_map, _bob, _capsules, _options, _random) = (map, bob, capsules, options, random);
        _alice = capsules.Count * map.Threshold >= MinPrepared ? alice.Prepare() : alice;
        _policy = PolicyId.Of(alice, hrac);
        _terms = KeyFragDeposit.TermsOf(alice, hrac.Name, map.KeyFragVersion, bob.BobCard, map.PolicyKey);
        _deadline = now + options.Deadline;
        _hedgeAt = now + options.HedgeDelay;
        _unasked = new Queue<NodeId>(Shuffle.Of(map.Ursulas, random));
        _pile = new CapsuleFragPile(map.Threshold);
    }

    /// <summary>Begins: looks up the first Ursulas.</summary>
    public IReadOnlyList<SessionEffect> Start(DateTimeOffset now) => Turn(() =>
    {
        _effects.Add(new WakeAt(_deadline));
        for (var i = 0; i < _map.Threshold; i++)
            AskNext(now);
        ScheduleHedge();
    });

    /// <summary>Takes the answer to <see cref="FindUrsula"/>; null if she was not found.</summary>
    public IReadOnlyList<SessionEffect> Found(NodeId ursula, ServiceTarget? target, DateTimeOffset now) => Turn(() =>
    {
        if (!_finding.Remove(ursula, out var since))
            return;
        if (target is null || target.Id != ursula)
            Replace(new UrsulaOutcome(ursula, UrsulaOutcomeKind.NotFound, RefusalReason.None, now - since), now);
        else
            Ask(target, now);
    });

    /// <summary>Takes the answer to a call.</summary>
    public IReadOnlyList<SessionEffect> Answer(
        long callId, ServiceStatus status, ReadOnlyMemory<byte> body, DateTimeOffset now) => Turn(() =>
    {
        if (_calls.End(callId) is not { } call)
            return;
        var response = call.Read<ReencryptionResponse>(status, body.Span, now, out var failure);
        var kind = response is null ? default : Take(response);
        if (response is null || kind != UrsulaOutcomeKind.Reencrypted)
            Replace(failure ?? call.Outcome(kind, now), now);
        else
            Accept(call.Outcome(kind, now), now);
    });

    /// <summary>Takes note of the time: ends, or asks one more.</summary>
    public IReadOnlyList<SessionEffect> Wake(DateTimeOffset now) => Turn(() =>
    {
        if (now >= _deadline)
        {
            Fail(RetrievalFailure.DeadlinePassed, now);
        }
        else if (now >= _hedgeAt)
        {
            AskNext(now);
            _hedgeAt = now + _options.HedgeDelay;
            ScheduleHedge();
        }
    });

    private List<SessionEffect> Turn(Action input)
    {
        _effects = [];
        if (!_finished)
            input();
        return _effects;
    }

    private void ScheduleHedge()
    {
        if (_unasked.Count > 0 && _hedgeAt < _deadline)
            _effects.Add(new WakeAt(_hedgeAt));
    }

    private void AskNext(DateTimeOffset now)
    {
        if (!_unasked.TryDequeue(out var ursula))
            return;
        _finding.Add(ursula, now);
        _effects.Add(new FindUrsula(ursula));
    }

    private void Ask(ServiceTarget target, DateTimeOffset now)
    {
        var request = new ReencryptionRequest(
            _policy, target.Id, _map.KeyFragVersion, now, Nonce.Random(_random), _capsules);
        var message = SignedMessage.Sign(request, _bob.Signer, _random);
        _effects.Add(_calls.Start(target, ServiceKind.Reencrypt, message, true, now, _options.CallTimeLimit));
    }

    private UrsulaOutcomeKind Take(ReencryptionResponse response)
    {
        if (response.CapsuleFrags.Count != _capsules.Count)
            return UrsulaOutcomeKind.BadAnswer;
        var verified = new VerifiedCapsuleFrag[_capsules.Count];
        for (var i = 0; i < verified.Length; i++)
        {
            if (!CapsuleFrag.TryRead(response.CapsuleFrags[i].Span, out var cfrag)
                || cfrag.Verify(
                    _capsules[i], _alice, _map.PolicyKey, _bob.EncryptingKey, _random,
                    out var good) != CapsuleFragVerdict.Valid)
                return Blame(response);
            verified[i] = good!;
        }

        return _pile.Add(verified);
    }

    // Who re-encrypts what she was given, for a map that says otherwise, has done no wrong.
    private UrsulaOutcomeKind Blame(ReencryptionResponse response) =>
        response.Terms == _terms && response.PolicyKey.Equals(_map.PolicyKey)
            ? UrsulaOutcomeKind.BadCapsuleFrag
            : UrsulaOutcomeKind.OtherDeposit;

    private void Accept(UrsulaOutcome outcome, DateTimeOffset now)
    {
        Report(outcome);
        if (_pile.Complete is { } complete)
        {
            _finished = true;
            _effects.Add(new RetrievalFinished(complete, _outcomes));
        }
        else
        {
            FailIfNobodyIsLeft(now);
        }
    }

    private void Replace(UrsulaOutcome outcome, DateTimeOffset now)
    {
        Report(outcome);
        AskNext(now);
        FailIfNobodyIsLeft(now);
    }

    // An answer from another kfrag generation counts as correct but may not complete a pile: then one more is asked.
    private void FailIfNobodyIsLeft(DateTimeOffset now)
    {
        if (_finding.Count + _calls.Count == 0)
            AskNext(now);
        if (_finding.Count + _calls.Count == 0)
            Fail(RetrievalFailure.TooFewUrsulas, now);
    }

    private void Report(UrsulaOutcome outcome)
    {
        _outcomes.Add(outcome);
        _effects.Add(new Progress(outcome));
    }

    private void Fail(RetrievalFailure failure, DateTimeOffset now)
    {
        _finished = true;
        foreach (var call in _calls.All)
            _outcomes.Add(call.Outcome(UrsulaOutcomeKind.Abandoned, now));
        var reason = _outcomes.Where(o => o.Kind == UrsulaOutcomeKind.Refused)
            .GroupBy(o => o.Reason, o => o.Ursula).Where(IsBelieved)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key;
        _effects.Add(new RetrievalFailed(
            failure, reason ?? RefusalReason.None, _pile.Largest, _map.Threshold, _outcomes));
    }

    // One Ursula can say that all is over; only n − m + 1 can make it so.
    private bool IsBelieved(IGrouping<RefusalReason, NodeId> claim) =>
        claim.Key is not (RefusalReason.Revoked or RefusalReason.Expired or RefusalReason.UnknownPolicy)
        || claim.Distinct().Count() > _map.Ursulas.Count - _map.Threshold;
}
