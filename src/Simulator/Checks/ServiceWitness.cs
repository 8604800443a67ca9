using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Text;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Stands at the doors of honest Ursulas and compares what they answer with what they confirmed before.
/// </summary>
internal sealed class ServiceWitness(RunContext run)
{
    private const string DepositManifest = "kfrag-deposited/3";

    private const string Kept = "an acknowledged kfrag is kept and served until its end";
    private const string NotAfterRevocation = "no re-encryption begins after the acknowledgement of a revocation";
    private const string InTime = "no re-encryption outside of the policy's time";
    private const string NotWithoutDeposit = "no re-encryption without a deposit";
    private const string OnlyForBob = "no re-encryption but for the Bob whom the policy names";
    private const string NotMoreThanAllowed = "no Bob gets more than his allowance";
    private const string NoCrowd = "a crowd at an Ursula's door keeps nobody out";
    private const string NoRevival = "nothing old revives a revoked policy";

    private readonly Dictionary<(NodeId Ursula, PolicyId Policy), HeldPolicy> _policies = [];

    /// <summary>A request that reached an Ursula.</summary>
    public void Asked(SimulatedNode ursula, ServiceRequest request)
    {
        if (request.Kind == ServiceKind.Revoke && Claims<RevocationOrder>(request.Body) is { } revocation)
            Find(ursula, PolicyId.Of(revocation.Alice, revocation.Name)).SeeRevocation(revocation.Version);
        else if (request.Kind == ServiceKind.Renew && Claims<RenewalOrder>(request.Body) is { } renewal)
            NoteEnd(Find(ursula, PolicyId.Of(renewal.Alice, renewal.Name)), renewal.Validity);
        else if (request.Kind == ServiceKind.DepositKeyFrag && Claims<KeyFragDeposit>(request.Body) is { } deposit)
            NoteEnd(Find(ursula, PolicyId.Of(deposit.Alice, deposit.Name)), deposit.Validity);
    }

    /// <summary>Her answer.</summary>
    /// <param name="ursula">Who.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="reply">What she answered.</param>
    /// <param name="revokedBefore">Whether she had confirmed a revocation before the request came.</param>
    public void Answered(SimulatedNode ursula, ServiceRequest request, ServiceReply reply, bool revokedBefore)
    {
        run.Tally.Add($"{request.Kind} {reply.Status}");
        run.Recorder.Say($"Ursula {ursula.Machine.Index} answers {request.Kind} with {reply.Status}");
        if (reply.Status == ServiceStatus.Busy && run.Scenario.Adversaries.Crowders > 0)
            run.Report(NoCrowd, $"Ursula {ursula.Machine.Index} is busy for {request.Kind}");
        if (request.Kind == ServiceKind.Reencrypt && SignedMessage.TryRead<ReencryptionRequest>(
            request.Body.Span, out var reencryption, out _))
            CheckReencryption(ursula, reencryption, reply, revokedBefore);
        else if (reply.Status == ServiceStatus.Ok)
            Confirm(ursula, request);
    }

    /// <summary>Whether she confirmed the revocation of the policy that a request is about.</summary>
    public bool IsRevoked(SimulatedNode ursula, ServiceRequest request) =>
        request.Kind == ServiceKind.Reencrypt && Claims<ReencryptionRequest>(request.Body) is { } reencryption
            && Find(ursula, reencryption.Policy).Revoked is not null;

    /// <summary>Looks whether everything that a node confirmed is on its disk; after a power cut above all.</summary>
    public void CheckDisk(SimulatedNode node)
    {
        var now = LatestTime(node);
        foreach (var ((ursula, policy), held) in _policies)
        {
            if (ursula != node.Id || !held.MustBeHeld(now))
                continue;
            var history = node.Machine.Disk.Durable.Read(PolicyActor.PersistenceIdOf(ursula, policy));
            var isHeld = history.Events.Any(stored => stored.Manifest == DepositManifest);
            run.Tally.Add("kfrags checked on disk");
            if (!isHeld)
                run.Report(
                    Kept,
                    $"Ursula {node.Machine.Index}, policy {policy}: no kfrag is on her disk at {now:O}, "
                    + $"ends {held.EarliestEnd:O}");
        }
    }

    /// <summary>
    /// The kfrags that honest Ursulas may serve for a policy, each with who holds it, by their own answers.
    /// </summary>
    public IReadOnlyList<(NodeId Ursula, PolicyVersion Version, Digest KeyFrag)> InForce(PolicyId policy) =>
        [.. _policies.Where(pair => pair.Key.Policy == policy && pair.Value.MayServe(run.World.Time.GetUtcNow()))
            .Select(pair => (pair.Key.Ursula, pair.Value.Deposited!.Value, pair.Value.KeyFrag))];

    private void Confirm(SimulatedNode ursula, ServiceRequest request)
    {
        if (request.Kind == ServiceKind.DepositKeyFrag && Claims<KeyFragDeposit>(request.Body) is { } deposit)
            ConfirmDeposit(ursula, deposit);
        else if (request.Kind == ServiceKind.Revoke && Claims<RevocationOrder>(request.Body) is { } order)
            Find(ursula, PolicyId.Of(order.Alice, order.Name)).Revoked = order.Version;
    }

    private void ConfirmDeposit(SimulatedNode ursula, KeyFragDeposit deposit)
    {
        var held = Find(ursula, PolicyId.Of(deposit.Alice, deposit.Name));
        if (held.Revoked is { } revoked && deposit.Version <= revoked)
            run.Report(
                NoRevival,
                $"Ursula {ursula.Machine.Index} accepted the deposit {deposit.Version} after the revocation {revoked}");
        held.Deposit(deposit.Version, deposit.KeyFragHash, deposit.Bob.VerifyingKey);
    }

    private void CheckReencryption(
        SimulatedNode ursula, SignedMessage<ReencryptionRequest> request, ServiceReply reply, bool revokedBefore)
    {
        var policy = request.Claims.Policy;
        var held = Find(ursula, policy);
        if (reply.Status == ServiceStatus.Ok)
            CheckAsker(ursula, request, held);
        var now = ursula.Machine.Clock.GetUtcNow();
        var who = $"Ursula {ursula.Machine.Index}, policy {policy}";
        if (reply.Status == ServiceStatus.Ok && held.Deposited is null && held.LatestEnd == default)
            run.Report(NotWithoutDeposit, who);
        else if (reply.Status == ServiceStatus.Ok && revokedBefore && held.Revoked is not null)
            run.Report(NotAfterRevocation, who);
        else if (reply.Status == ServiceStatus.Ok && !WasJustSet(ursula)
            && (now >= held.LatestEnd + DoorTime || now < held.NotBefore))
            run.Report(InTime, $"{who}: {now:O}, ends {held.LatestEnd:O}");
        else if (Claims<ServiceRefusal>(reply.Body) is { } refusal)
            CheckRefusal(ursula, request, refusal.Reason, held);
    }

    private void CheckAsker(SimulatedNode ursula, SignedMessage<ReencryptionRequest> request, HeldPolicy held)
    {
        var who = $"Ursula {ursula.Machine.Index}, policy {request.Claims.Policy}";
        if (held.Bob is { } bob && !request.Verify(bob, out _))
            run.Report(OnlyForBob, who);
        if (held.CountServed(run.Elapsed, ursula.Machine.Starts, AllowanceTime) > run.Scenario.Ursula.MaxNonces
            && !AreClocksSet && !DoClocksJump)
            run.Report(
                NotMoreThanAllowed,
                $"{who}: more than {run.Scenario.Ursula.MaxNonces} answers in {TimeWords.Of(AllowanceTime)}");
    }

    /// <summary>
    /// A little less than the window in which an Ursula counts, by her own clock, what she serves a Bob.
    /// </summary>
    private TimeSpan AllowanceTime => run.Scenario.Ursula.RequestWindow - TimeSpan.FromSeconds(1);

    /// <summary>
    /// The time for her: where clocks are set, as late as it may be by any clock that she went by. A policy is over
    /// when her wall clock says so or when its time has passed, whichever comes first.
    /// </summary>
    private DateTimeOffset LatestTime(SimulatedNode ursula)
    {
        var (hers, real) = (ursula.Machine.Clock.GetUtcNow(), run.World.Time.GetUtcNow());
        if (DoClocksJump)
            return real + run.Scenario.MaxClockOffset + DoorTime;
        return AreClocksSet ? (hers > real ? hers : real) + (2 * FaultPlan.MaxClockStep) : hers;
    }

    private bool AreClocksSet => run.Scenario.Faults.Episodes.ContainsKey(FaultKind.ClockStep);

    /// <summary>A jump is over within minutes: what she promised holds by the true time.</summary>
    private bool DoClocksJump => run.Scenario.Faults.Episodes.ContainsKey(FaultKind.ClockJump);

    /// <summary>She may have decided by the time before.</summary>
    private bool WasJustSet(SimulatedNode ursula) => ursula.Machine.ClockSetAt > run.Elapsed - DoorTime;

    /// <summary>Between her decision and the moment at which her answer is seen here.</summary>
    private static TimeSpan DoorTime => TimeSpan.FromSeconds(2);

    /// <summary>Only the policy's Bob is told the truth: to all others it is unknown, held or not.</summary>
    private void CheckRefusal(
        SimulatedNode ursula, SignedMessage<ReencryptionRequest> request, RefusalReason reason, HeldPolicy held)
    {
        run.Tally.Add($"refused: {reason}");
        if (reason is not (RefusalReason.UnknownPolicy or RefusalReason.NoKeyFrag or RefusalReason.NoArrangement))
            return;
        if (held.MustBeHeld(LatestTime(ursula)) && held.Bob is { } bob && request.Verify(bob, out _))
            run.Report(Kept, $"Ursula {ursula.Machine.Index}, policy {request.Claims.Policy}: refused with {reason}");
    }

    private static void NoteEnd(HeldPolicy held, Validity validity)
    {
        held.NotBefore = validity.NotBefore;
        held.LatestEnd = validity.NotAfter > held.LatestEnd ? validity.NotAfter : held.LatestEnd;
        held.EarliestEnd = validity.NotAfter < held.EarliestEnd ? validity.NotAfter : held.EarliestEnd;
    }

    private HeldPolicy Find(SimulatedNode ursula, PolicyId policy)
    {
        var key = (ursula.Id, policy);
        if (!_policies.TryGetValue(key, out var held))
            _policies[key] = held = new HeldPolicy();
        return held;
    }

    private static TBody? Claims<TBody>(ReadOnlyMemory<byte> body)
        where TBody : class, IProtocolBody<TBody> =>
        SignedMessage.TryRead<TBody>(body.Span, out var message, out _) ? message.Claims : null;
}
