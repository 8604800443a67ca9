using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// Tells all holders of one policy the same order, a renewal or a revocation, and collects their receipts.
/// </summary>
/// <remarks>
/// Pure, like every session. Asks all at once; who can't be reached is looked up and asked again, with the same signed
/// order, until the deadline, or until the grace after enough receipts: an Ursula that carried it out already repeats
/// her receipt. Ends with exactly one <see cref="OrderFinished"/>; inputs after it have no effect.
/// </remarks>
public sealed class OrderSession
{
    private readonly Grant _grant;
    private readonly Identity _alice;
    private readonly GrantOptions _options;
    private readonly RandomSource _random;
    private readonly PolicyVersion _version;
    private readonly Validity? _validity;
    private readonly PolicyRules _rules;
    private readonly Func<SignedRecord?> _withdraw;
    private DateTimeOffset _deadline;
    private bool _isEnough;
    private readonly PendingCalls<int> _calls = new();
    private readonly SortedDictionary<int, DateTimeOffset> _retries = [];
    private readonly List<NodeId> _waiting;
    private readonly List<OrderReceipt> _receipts = [];
    private readonly List<UrsulaOutcome> _outcomes = [];
    private List<SessionEffect> _effects = [];
    private bool _finished;

    private OrderSession(
        Grant grant, PolicyVersion version, Validity? validity, PolicyRules rules, Identity alice,
        GrantOptions options, DateTimeOffset now, RandomSource random, Func<SignedRecord?>? withdraw = null)
    {
        (_rules, _withdraw) = (rules, withdraw ?? (() => null));
        (_grant, _version, _validity, _alice, _options, _random) = (grant, version, validity, alice, options, random);
        _deadline = now + options.Deadline;
        _waiting = validity is null
            ? [.. grant.Suspects.Where(ursula => !grant.Revoked.Contains(ursula))]
            : [.. grant.Holders.Where(h => h.IsConfirmed).Select(h => h.Ursula).Distinct()];
    }

    /// <summary>The new time of a renewal; null for a revocation.</summary>
    public Validity? Validity => _validity;

    /// <summary>The version of the order.</summary>
    public PolicyVersion Version => _version;

    /// <summary>Gives a policy another time, and other rules if there are; else it keeps those that it has.</summary>
    /// <exception cref="ArgumentException">
    /// The time ends before it begins, or there are no rules and those that it has are not known.
    /// </exception>
    public static OrderSession Renew(
        Grant grant, Validity validity, Identity alice, GrantOptions options, DateTimeOffset now,
        RandomSource random, PolicyRules? rules = null) => new(
            grant, PolicyVersion.Next(grant.LastVersion, now), validity.InMilliseconds(),
            rules ?? grant.Rules ?? throw new ArgumentException("The rules are not known.", nameof(rules)), alice,
            options, now, random);

    /// <summary>Ends a policy; asks those that did not confirm it yet.</summary>
    public static OrderSession Revoke(
        Grant grant, Identity alice, GrantOptions options, DateTimeOffset now, RandomSource random)
    {
        var version = PolicyVersion.Next(grant.LastVersion, now);
        var revoking = grant with { IsRevoking = true, LastVersion = version };
        return new OrderSession(
            grant, version, null, PolicyRules.None, alice, options, now, random,
            () => revoking.Withdrawal(alice.Signer, now, random));
    }

    /// <summary>Goes on with a revocation that was ordered before, with the version that it had.</summary>
    public static OrderSession RevokeAgain(
        Grant grant, Identity alice, GrantOptions options, DateTimeOffset now, RandomSource random) =>
        new(grant, grant.LastVersion, null, PolicyRules.None, alice, options, now, random);

    /// <summary>Begins: takes the map back if it revokes, and looks everybody up.</summary>
    public IReadOnlyList<SessionEffect> Start() => Turn(() =>
    {
        if (_withdraw() is { } withdrawal)
            _effects.Add(new MapWithdrawn(withdrawal));
        _effects.Add(new WakeAt(_deadline));
        _effects.AddRange(_waiting.Select(id => new FindUrsula(id)));
        FinishIfDone();
    });

    /// <summary>Takes the answer to <see cref="FindUrsula"/>; null if she was not found.</summary>
    public IReadOnlyList<SessionEffect> Found(NodeId ursula, ServiceTarget? target, DateTimeOffset now) => Turn(() =>
    {
        var index = _waiting.IndexOf(ursula);
        if (index < 0 || _calls.All.Any(call => call.Purpose == index))
            return;
        if (target is null || target.Id != ursula)
            Retry(index, new UrsulaOutcome(ursula, UrsulaOutcomeKind.NotFound, RefusalReason.None, TimeSpan.Zero), now);
        else
            Ask(index, target, now);
    });

    /// <summary>Takes the answer to a call.</summary>
    public IReadOnlyList<SessionEffect> Answer(
        long callId, ServiceStatus status, ReadOnlyMemory<byte> body, DateTimeOffset now) => Turn(() =>
    {
        if (_calls.End(callId) is not { } call)
            return;
        var wanted = _validity is null ? PolicyReceiptKind.Revoked : PolicyReceiptKind.Renewed;
        var receipt = call.Read<PolicyReceipt>(status, body.Span, now, out var failure);
        if (receipt?.Kind == wanted || (_validity is null && failure?.Reason == RefusalReason.UnknownPolicy))
            Confirm(call, body, now);
        else
            Judge(call.Purpose, failure ?? call.Outcome(UrsulaOutcomeKind.BadAnswer, now), now);
        FinishIfDone();
    });

    /// <summary>Takes note of the time: asks again, or ends.</summary>
    public IReadOnlyList<SessionEffect> Wake(DateTimeOffset now) => Turn(() =>
    {
        if (now >= _deadline)
        {
            Finish();
            return;
        }

        foreach (var index in _retries.Where(retry => retry.Value <= now).Select(retry => retry.Key).ToList())
        {
            _retries.Remove(index);
            _effects.Add(new FindUrsula(_waiting[index]));
        }
    });

    private List<SessionEffect> Turn(Action input)
    {
        _effects = [];
        if (!_finished)
            input();
        return _effects;
    }

    private void Ask(int index, ServiceTarget target, DateTimeOffset now)
    {
        var (key, name) = (_alice.VerifyingKey, _grant.Hrac.Name);
        _effects.Add(_validity is { } validity
            ? Call(ServiceKind.Renew, new RenewalOrder(key, name, target.Id, _version, validity)
            {
                Rules = _rules.ToBytes(),
            })
            : Call(ServiceKind.Revoke, new RevocationOrder(key, name, target.Id, _version)));

        CallUrsula Call<TBody>(ServiceKind operation, TBody body)
            where TBody : class, IProtocolBody<TBody> => _calls.Start(
                target, operation, SignedMessage.Sign(
                    body, _alice.Signer, _random), index, now, _options.CallTimeLimit);
    }

    // Who signs that she knows of no such policy has nothing to serve, and takes no late deposit: a receipt too.
    private void Confirm(PendingCall<int> call, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var receipt = new OrderReceipt(call.Target.Id, body);
        _receipts.Add(receipt);
        _effects.Add(new OrderReceived(receipt));
        Report(call.Outcome(_validity is null ? UrsulaOutcomeKind.Revoked : UrsulaOutcomeKind.Renewed, now));
        EndSoonIfEnough(now);
    }

    // The order has done its work: one dead Ursula must not keep Alice waiting until the deadline.
    private void EndSoonIfEnough(DateTimeOffset now)
    {
        if (_isEnough || !IsEnough())
            return;
        _isEnough = true;
        if (now + _options.Grace >= _deadline)
            return;
        _deadline = now + _options.Grace;
        _effects.Add(new WakeAt(_deadline));
    }

    private bool IsEnough()
    {
        NodeId[] done = [.. _receipts.Select(receipt => receipt.Ursula)];
        return _validity is not null
            ? done.Distinct().Count() >= _grant.Threshold
            : (_grant with { IsRevoking = true, Revoked = [.. _grant.Revoked, .. done] }).IsRevoked;
    }

    private void Judge(int index, UrsulaOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Kind == UrsulaOutcomeKind.Refused)
            Report(outcome);
        else
            Retry(index, outcome, now);
    }

    private void Retry(int index, UrsulaOutcome outcome, DateTimeOffset now)
    {
        Report(outcome);
        var at = now + _options.RetryDelay;
        _retries[index] = at;
        _effects.Add(new WakeAt(at));
    }

    private void Report(UrsulaOutcome outcome)
    {
        _outcomes.Add(outcome);
        _effects.Add(new Progress(outcome));
    }

    private void FinishIfDone()
    {
        var settled = _outcomes
            .Where(o => o.Kind is UrsulaOutcomeKind.Renewed or UrsulaOutcomeKind.Revoked or UrsulaOutcomeKind.Refused)
            .Select(o => o.Ursula).Distinct().Count();
        if (settled == _waiting.Count)
            Finish();
    }

    private void Finish()
    {
        _finished = true;
        _effects.Add(new OrderFinished(_version, _validity, _receipts, _outcomes) { Rules = _rules });
    }
}
