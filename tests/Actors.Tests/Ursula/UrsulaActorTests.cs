using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>An Ursula on virtual time: hours pass in milliseconds.</summary>
public sealed class UrsulaActorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly PolicyParties _parties = new();
    private readonly VirtualTime _time = new();
    private readonly SettableClock _clock;
    private readonly DeterministicDispatcher _dispatcher;
    private readonly GatedJournal _journal = new();
    private UrsulaOptions _limits = new();
    private UrsulaActorOptions _options = new();
    private ActorSystem _system;
    private IActorRef _ursula;

    public UrsulaActorTests()
    {
        _clock = new SettableClock(_time);
        _dispatcher = new DeterministicDispatcher(7, _time);
        (_system, _ursula) = Start();
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private UrsulaState State => _dispatcher.RunUntil(_ursula.Ask<UrsulaState>(new GetUrsulaState(), Limit), Limit);

    private Validity Hour => new(Now.AddMinutes(-1), Now.AddHours(1));

    [Fact]
    [Trait("Row", "AC-02")]
    public void Serve_AfterARestart_RecoversThePolicyAndReencrypts()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;

        Restart();

        Assert.Equal(1, State.Held);
        Assert.True(State.IsRecovered);
        Assert.Equal(ServiceStatus.Ok, Send(_parties.Reencryption(grant, Now)).Status);
    }

    [Fact]
    [Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public void Policy_ItsTimeOver_ForgetsTheKeyFragWithoutBeingAsked()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;

        _dispatcher.RunFor(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        var before = Send(_parties.Reencryption(grant, Now)).Status;
        _dispatcher.RunFor(TimeSpan.FromSeconds(2));

        Assert.Equal(ServiceStatus.Ok, before);
        Assert.Equal([0, 1], [State.Held, State.Tombstones]);
        Assert.Equal(["policy-expired/2"], Manifests());
        Assert.Equal(RefusalReason.Expired, PolicyParties.ReasonOf(Send(_parties.Reencryption(grant, Now))));
    }

    [Theory, InlineData(-48), InlineData(48)]
    [Trait("Row", "AC-03")]
    public void Policy_ClockSetMeanwhile_LivesNoLongerThanItHadLeft(int hours)
    {
        _parties.Grant("a", Hour, Now, Send);
        _dispatcher.RunFor(TimeSpan.FromMinutes(10)); // it has left memory

        _clock.Offset = TimeSpan.FromHours(hours);
        _dispatcher.RunFor(TimeSpan.FromMinutes(51));

        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    [Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public void Policy_EndedWhileTheNodeWasDown_IsForgottenAtTheStart()
    {
        _parties.Grant("a", Hour, Now, Send);

        _system.Crash();
        _dispatcher.RunFor(TimeSpan.FromHours(2));
        (_system, _ursula) = Start();
        _dispatcher.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    public void Arrangement_WithoutAKeyFrag_LapsesAndLeavesNothing()
    {
        var accepted = Send(_parties.Proposal("a", Hour, Now));

        var before = State.Arranged;
        _dispatcher.RunFor(new UrsulaOptions().ArrangementLife + TimeSpan.FromSeconds(2));

        Assert.Equal(ServiceStatus.Ok, accepted.Status);
        Assert.Equal(1, before);
        Assert.Equal([0, 0, 0], [State.Arranged, State.Held, State.Tombstones]);
        Assert.Empty(Manifests());
        Assert.Equal(0, HighestOf("a"));
        Assert.Equal(ServiceStatus.Ok, Send(_parties.Proposal("a", Hour, Now)).Status);
        Assert.Equal(1, HighestOf("a"));
    }

    [Fact]
    [Trait("Row", "AC-02")]
    public void Policy_IdleForLong_LeavesMemoryAndComesBackWhenAskedFor()
    {
        var grant = _parties.Grant("a", new(Now, Now.AddDays(1)), Now, Send)!;

        var active = State.Active;
        _dispatcher.RunFor(TimeSpan.FromMinutes(10));
        var idle = State;

        Assert.Equal(1, active);
        Assert.Equal([0, 1], [idle.Active, idle.Held]);
        Assert.Equal(ServiceStatus.Ok, Send(_parties.Reencryption(grant, Now)).Status);
    }

    [Fact]
    public void Revoke_APolicy_LeavesATombstoneThatSurvivesARestart()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;

        var revoked = Send(_parties.Revocation(grant, Now)).Status;
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));
        Restart();

        Assert.Equal(ServiceStatus.Ok, revoked);
        Assert.Equal(["policy-revoked/2"], Manifests());
        Assert.Equal(RefusalReason.Revoked, PolicyParties.ReasonOf(Send(_parties.Reencryption(grant, Now))));
        Assert.Null(_parties.Grant("a", Hour, Now.AddMinutes(-1), Send));
    }

    [Fact]
    public void Deposit_OfANewerKeyFrag_DeletesTheOneBefore()
    {
        _parties.Grant("a", Hour, Now, Send);
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));

        var newer = _parties.Grant("a", Hour, Now, Send)!;
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["kfrag-deposited/2"], Manifests());
        Assert.Equal(ServiceStatus.Ok, Send(_parties.Reencryption(newer, Now)).Status);
    }

    [Fact]
    public void Deposit_OfANewerKeyFrag_StillRefusesAReplayOfWhatItServedSince()
    {
        _parties.Grant("a", Hour, Now, Send);
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));
        _journal.HoldsDeletions = true;
        var newer = _parties.Grant("a", Hour, Now, Send)!;
        var request = _parties.Reencryption(newer, Now);

        var first = Send(request).Status;
        _journal.HoldsDeletions = false;
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(ServiceStatus.Ok, first);
        Assert.Equal(RefusalReason.Replayed, PolicyParties.ReasonOf(Send(request)));
    }

    [Fact]
    public void Policy_MailboxFullWhenItsTimeIsOver_IsForgottenAllTheSame()
    {
        Restart(options: new() { MailboxCapacity = 1 });
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        _dispatcher.RunFor(TimeSpan.FromMinutes(59));

        _journal.HoldsRecoveries = true;
        _ursula.Tell(_parties.Reencryption(grant, Now), ActorRefs.NoSender);
        _dispatcher.RunFor(TimeSpan.FromMinutes(2));
        _journal.HoldsRecoveries = false;
        _dispatcher.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    public void Policy_AskedMoreThanItsMailboxHolds_StillLeavesMemory()
    {
        Restart(options: new() { MailboxCapacity = 1 });
        var grant = _parties.Grant("a", new(Now, Now.AddDays(1)), Now, Send)!;

        for (var i = 0; i < 20; i++)
            _ursula.Tell(_parties.Reencryption(grant, Now), ActorRefs.NoSender);
        _dispatcher.RunFor(TimeSpan.FromMinutes(10));

        Assert.Equal([0, 1], [State.Active, State.Held]);
    }

    [Fact]
    public void Revoke_DeletionFailsForLong_IsTriedUntilItSucceeds()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;

        _journal.FailsDeletions = true;
        Send(_parties.Revocation(grant, Now));
        _dispatcher.RunFor(TimeSpan.FromMinutes(10));
        var before = Manifests();
        _journal.FailsDeletions = false;
        _dispatcher.RunFor(TimeSpan.FromMinutes(1));

        Assert.Contains("kfrag-deposited/2", before);
        Assert.Equal(["policy-revoked/2"], Manifests());
    }

    [Fact]
    public void Tombstone_ItsLifeOver_IsForgottenWhileTheNodeRuns()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        Send(_parties.Revocation(grant, Now));

        _dispatcher.RunFor(_limits.TombstoneLife - TimeSpan.FromMinutes(1));
        var before = State.Tombstones;
        _dispatcher.RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal([1, 0, 0], [before, State.Tombstones, State.Active]);
        Assert.Empty(Manifests());
    }

    [Fact]
    public void Tombstone_ItsLifeOverWhileTheNodeWasDown_IsForgottenAtTheStart()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        Send(_parties.Revocation(grant, Now));

        _system.Crash();
        _dispatcher.RunFor(_limits.TombstoneLife + TimeSpan.FromDays(1));
        (_system, _ursula) = Start();
        _dispatcher.RunFor(TimeSpan.FromMinutes(1));

        Assert.Empty(Manifests());
        Assert.Equal(0, State.Tombstones);
    }

    [Fact]
    public void Propose_AsManyTombstonesAsPolicies_IsFull()
    {
        Restart(limits: new() { MaxPolicies = 1 });
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        Send(_parties.Revocation(grant, Now));
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));

        var reply = Send(_parties.Proposal("b", Hour, Now));

        Assert.Equal(RefusalReason.Full, PolicyParties.ReasonOf(reply));
    }

    [Fact]
    public void Serve_AboutAnUnknownPolicy_RefusesWithoutWakingAnybody()
    {
        var grant = new PolicyParties().Grant("a", Hour, Now, Send);
        var known = _parties.Grant("b", Hour, Now, Send)!;

        var reply = Send(_parties.Reencryption(known with { Hrac = default }, Now));

        Assert.Null(grant);
        Assert.Equal(RefusalReason.UnknownPolicy, PolicyParties.ReasonOf(reply));
        Assert.Equal(1, State.Active);
    }

    [Fact]
    public void Serve_Garbage_IsMalformed() =>
        Assert.Equal(ServiceStatus.Malformed, Send(new ServiceRequest(ServiceKind.Renew, new byte[100])).Status);

    private ServiceReply Send(ServiceRequest request) => _dispatcher.RunUntil(_ursula.Ask<ServiceReply>(request, Limit), Limit);

    private void Restart(UrsulaOptions? limits = null, UrsulaActorOptions? options = null)
    {
        (_limits, _options) = (limits ?? _limits, options ?? _options);
        _system.Crash();
        (_system, _ursula) = Start();
        _dispatcher.RunFor(TimeSpan.FromSeconds(1));
    }

    private (ActorSystem System, IActorRef Ursula) Start()
    {
        var system = ActorSystem.Create("node", new ActorSystemOptions
        {
            Dispatcher = _dispatcher,
            TimeProvider = _clock,
            Journal = _journal,
            Serializers = PolicySerializers.Create(),
            Random = new Random(7),
        });
        var keys = _parties.Ursula.Proxy;
        var ursula = system.ActorOf(ActorProps.Of(() => new UrsulaActor(
            keys, _limits, _options, new OperatingSystemRandom(), ActorRefs.Nobody)), "ursula");
        _dispatcher.RunFor(TimeSpan.FromMilliseconds(1));
        return (system, ursula);
    }

    private long HighestOf(string label)
    {
        var hrac = _parties.Alice.HracFor(_parties.Bob.BobCard, PolicyLabel.Parse(label));
        var highest = -1L;
        _journal.Recover($"policy-{PolicyId.Of(_parties.Alice.VerifyingKey, hrac)}", recovery => highest = recovery.HighestSequenceNr);
        return highest;
    }

    private List<string> Manifests()
    {
        List<string> manifests = [];
        _journal.ReadPersistenceIds("policy-", null, 10, (ids, _) =>
        {
            foreach (var id in ids)
                _journal.Replay(id, 0, (entries, _) => manifests.AddRange(entries.Select(entry => entry.Manifest)));
        });
        return manifests;
    }
}
