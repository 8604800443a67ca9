using System.Net;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>An Ursula on virtual time: hours pass in milliseconds.</summary>
public sealed class UrsulaActorTests
{
    /// <summary>What akka.actor.mailbox.policy holds, and the stash of a policy beside it.</summary>
    private const int PolicyMailbox = 256;

    private const int Requests = (2 * PolicyMailbox) + 100;

    private readonly PolicyParties _parties = new();
    private readonly OneMachine _world = new(7);
    private readonly GatedDisk _disk;
    private UrsulaOptions _limits = new();
    private UrsulaActorOptions _options = new();
    private IActorRef _ursula;

    public UrsulaActorTests()
    {
        _disk = new GatedDisk(_world);
        _ursula = Start();
    }

    private DateTimeOffset Now => _world.Now;

    private UrsulaState State => _world.Ask<UrsulaState>(_ursula, new GetUrsulaState());

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

        _world.RunFor(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        var before = Send(_parties.Reencryption(grant, Now)).Status;
        _world.RunFor(TimeSpan.FromSeconds(2));

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
        _world.RunFor(TimeSpan.FromMinutes(10)); // it has left memory

        _world.Machine.StepClock(TimeSpan.FromHours(hours));
        _world.RunFor(TimeSpan.FromMinutes(51));

        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    public void Policy_ClockAheadForAWhile_IsRefusedAndThenServedAgain()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        _world.RunFor(TimeSpan.FromMinutes(5)); // the clock is believed, and the policy has left memory

        _world.Machine.StepClock(TimeSpan.FromDays(1));
        var ahead = PolicyParties.ReasonOf(Send(_parties.Reencryption(grant, Now)));
        _world.RunFor(TimeSpan.FromMinutes(5));
        _world.Machine.StepClock(-TimeSpan.FromDays(1));
        var right = Send(_parties.Reencryption(grant, Now)).Status;

        Assert.Equal((RefusalReason.Expired, ServiceStatus.Ok), (ahead, right));
        Assert.Contains("kfrag-deposited/3", Manifests());
    }

    [Fact]
    public void Serve_StartedWhileTheClockWasAhead_ServesOnceItIsRight()
    {
        var grant = _parties.Grant("a", new(Now, Now.AddDays(3)), Now, Send)!;
        _world.Machine.StepClock(TimeSpan.FromDays(1));
        Restart();
        _world.Machine.StepClock(-TimeSpan.FromDays(1));
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(ServiceStatus.Ok, Send(_parties.Reencryption(grant, Now)).Status);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Serve_StartedWhileTheClockWasFarAhead_HasForgottenNothingOnceItIsRight(bool isRevoked)
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        if (isRevoked)
            Send(_parties.Revocation(grant, Now));
        _world.RunFor(TimeSpan.FromSeconds(1));
        var before = Manifests();

        _world.Machine.StepClock(TimeSpan.FromDays(60));
        Restart();
        Send(_parties.Reencryption(grant, Now)); // wakes it: nothing is forgotten for having been looked at
        _world.RunFor(TimeSpan.FromSeconds(20));
        _world.Machine.StepClock(-TimeSpan.FromDays(60));
        _world.RunFor(TimeSpan.FromMinutes(20));

        Assert.Equal(before, Manifests());
    }

    [Fact]
    public void Propose_AsManyAsAnAlicesShare_IsRefusedToHerAlone()
    {
        Restart(limits: new() { MaxPoliciesPerAlice = 1 });
        _parties.Grant("a", Hour, Now, Send);
        Restart();

        Assert.Equal(RefusalReason.ShareUsedUp, PolicyParties.ReasonOf(Send(_parties.Proposal("b", Hour, Now))));
        Assert.Equal(RefusalReason.None, PolicyParties.ReasonOf(Send(_parties.Proposal("a", Hour, Now.AddSeconds(1)))));
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", "192.0.2.8")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:3::4", "2001:db8:1:3::1")]
    public void Propose_AsManyAsAnAddressesShareAsSeveralAlices_IsRefusedToThatAddressAlone(
        string address, string same, string other)
    {
        Restart(limits: new() { MaxPoliciesPerSource = 2 });
        var first = Crowd(address);
        var reasons = new[] { first, Crowd(same), Crowd(address), Crowd(other) };
        _world.RunFor(new UrsulaOptions().ArrangementLife + TimeSpan.FromSeconds(2));

        Assert.Equal(
            [RefusalReason.None, RefusalReason.None, RefusalReason.ShareUsedUp, RefusalReason.None], reasons);
        Assert.Equal(RefusalReason.None, Crowd(same));

        RefusalReason Crowd(string from) => PolicyParties.ReasonOf(Send(
            new PolicyParties(_parties.Ursula).Proposal("a", Hour, Now) with { Source = IPAddress.Parse(from) }));
    }

    [Fact]
    [Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public void Policy_EndedWhileTheNodeWasDown_IsForgottenAtTheStart()
    {
        _parties.Grant("a", Hour, Now, Send);

        Restart(after: TimeSpan.FromHours(2));
        _world.RunFor(TimeSpan.FromSeconds(40));

        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    [Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public void Policies_ThatEndTogetherOutOfMemory_EndInBatchesAndWakeNobody()
    {
        Restart(options: new() { EndBatch = 4 });
        var validity = Hour;
        for (var i = 0; i < 10; i++)
            _parties.Grant($"label-{i}", validity, Now, Send);
        _parties.Grant("later", new(Now, Now.AddHours(2)), Now, Send);
        _world.RunFor(TimeSpan.FromMinutes(10));
        var (asleep, recoveries) = (State.Active, _disk.Recoveries);

        _world.RunFor(TimeSpan.FromMinutes(51));

        Assert.Equal(0, asleep);
        Assert.Equal(recoveries, _disk.Recoveries);
        Assert.Equal([4, 4, 2], _disk.Ends);
        Assert.Equal([1, 10], [State.Held, State.Tombstones]);
        Assert.Equal(10, Manifests().Count(manifest => manifest == "policy-expired/2"));
        Assert.Single(Manifests(), manifest => manifest == "kfrag-deposited/3");
    }

    [Fact]
    public void Policies_EndedInABatch_AnswerAndAreForgottenAsThoseThatWereAwake()
    {
        Grant[] grants = [.. Enumerable.Range(0, 3).Select(i => _parties.Grant($"label-{i}", Hour, Now, Send)!)];
        _world.RunFor(TimeSpan.FromMinutes(61));
        var expired = Array.ConvertAll(grants,
            grant => PolicyParties.ReasonOf(Send(_parties.Reencryption(grant, Now))));
        var tombstones = State.Tombstones;

        Restart();
        var after = PolicyParties.ReasonOf(Send(_parties.Reencryption(grants[0], Now)));
        _world.RunFor(_limits.TombstoneLife + TimeSpan.FromMinutes(1));

        Assert.All(expired.Append(after), reason => Assert.Equal(RefusalReason.Expired, reason));
        Assert.Equal([3, 0, 0], [tombstones, State.Tombstones, State.Active]);
        Assert.Empty(Manifests());
        Assert.NotNull(_parties.Grant("label-0", Hour, Now, Send));
    }

    [Fact]
    public void Policies_DiskFailsAtTheirEnd_EndOnceItWorks()
    {
        for (var i = 0; i < 3; i++)
            _parties.Grant($"label-{i}", Hour, Now, Send);
        _world.RunFor(TimeSpan.FromMinutes(10));

        _disk.FailsDeletions = true;
        _world.RunFor(TimeSpan.FromMinutes(60));
        var before = State.Held;
        _disk.FailsDeletions = false;
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal([3, 0, 3], [before, State.Held, State.Tombstones]);
        Assert.Equal(3, Manifests().Count(manifest => manifest == "policy-expired/2"));
    }

    [Fact]
    public void Serve_WhileABatchEnds_WaitsForItAndBeyondTheLimitIsBusy()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        _world.RunFor(TimeSpan.FromMinutes(10));
        var answers = new List<object>();
        var bob = _world.Start(ScriptedActor.Silent(answers));

        _disk.HoldsWrites = true;
        _world.RunFor(TimeSpan.FromMinutes(51));
        Flood(_parties.Reencryption(grant, Now), PolicyEndings.MaxWaiting + 1, bob);
        var during = answers.Cast<ServiceReply>().Select(reply => reply.Status).ToList();
        _disk.HoldsWrites = false;
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal([ServiceStatus.Busy], during);
        Assert.Equal(PolicyEndings.MaxWaiting + 1, answers.Count);
        Assert.All(answers.Skip(1), answer =>
            Assert.Equal(RefusalReason.Expired, PolicyParties.ReasonOf((ServiceReply)answer)));
    }

    [Fact]
    public void Arrangement_WithoutAKeyFrag_LapsesAndLeavesNothing()
    {
        var accepted = Send(_parties.Proposal("a", Hour, Now));

        var before = State.Arranged;
        _world.RunFor(new UrsulaOptions().ArrangementLife + TimeSpan.FromSeconds(2));

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
        _world.RunFor(TimeSpan.FromMinutes(10));
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
        _world.RunFor(TimeSpan.FromSeconds(1));
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
        _world.RunFor(TimeSpan.FromSeconds(1));

        var newer = _parties.Grant("a", Hour, Now, Send)!;
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["kfrag-deposited/3"], Manifests());
        Assert.Equal(ServiceStatus.Ok, Send(_parties.Reencryption(newer, Now)).Status);
    }

    [Fact]
    public void Deposit_OfANewerKeyFrag_StillRefusesAReplayOfWhatItServedSince()
    {
        _parties.Grant("a", Hour, Now, Send);
        _world.RunFor(TimeSpan.FromSeconds(1));
        _disk.HoldsDeletions = true;
        var newer = _parties.Grant("a", Hour, Now, Send)!;
        var request = _parties.Reencryption(newer, Now);

        var first = Send(request).Status;
        _disk.HoldsDeletions = false;
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(ServiceStatus.Ok, first);
        Assert.Equal(RefusalReason.Replayed, PolicyParties.ReasonOf(Send(request)));
    }

    [Fact]
    public void Policy_MailboxFullWhenItsTimeIsOver_IsForgottenAllTheSame()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        _world.RunFor(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(15));
        var dead = DeadLetters();

        _disk.HoldsReads = true;
        Flood(_parties.Reencryption(grant, Now), Requests);
        _world.RunFor(TimeSpan.FromSeconds(25)); // less than the time limit of a recovery
        _disk.HoldsReads = false;
        _world.RunFor(TimeSpan.FromSeconds(10));

        Assert.Contains(dead, letter => letter.Message is EndPolicy);
        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    public void Policy_ItsTimeOverWhileTheDiskIsSilent_IsForgottenOnceItAnswers()
    {
        _parties.Grant("a", Hour, Now, Send);
        _world.RunFor(TimeSpan.FromMinutes(59));

        _disk.HoldsReads = true;
        _world.RunFor(TimeSpan.FromMinutes(5)); // several recoveries time out
        _disk.HoldsReads = false;
        _world.RunFor(TimeSpan.FromSeconds(40));

        Assert.Equal(["policy-expired/2"], Manifests());
    }

    [Fact]
    public void Policy_AskedMoreThanItsMailboxHolds_StillLeavesMemory()
    {
        var grant = _parties.Grant("a", new(Now, Now.AddDays(1)), Now, Send)!;
        _world.RunFor(TimeSpan.FromMinutes(10)); // it has left memory
        var dead = DeadLetters();

        _disk.HoldsReads = true;
        Flood(_parties.Reencryption(grant, Now), Requests);
        _disk.HoldsReads = false;
        _world.RunFor(TimeSpan.FromMinutes(10));

        Assert.NotEmpty(dead);
        Assert.Equal([0, 1], [State.Active, State.Held]);
    }

    [Theory, InlineData(true, false), InlineData(false, true)]
    public void Serve_SlowDisk_KeepsWhatMailboxAndStashHoldAndDropsTheOthers(bool holdsReads, bool holdsWrites)
    {
        var grant = _parties.Grant("a", new(Now, Now.AddDays(1)), Now, Send)!;
        _world.RunFor(TimeSpan.FromMinutes(10)); // it has left memory: the first request has it read back
        var dead = DeadLetters();
        var answers = new List<object>();
        var bob = _world.Start(ScriptedActor.Silent(answers));

        (_disk.HoldsReads, _disk.HoldsWrites) = (holdsReads, holdsWrites);
        _ursula.Tell(_parties.Proposal("a", Hour, Now), ActorRefs.NoSender); // an event to be written
        _world.RunFor(TimeSpan.FromSeconds(1));
        Flood(_parties.Reencryption(grant, Now), Requests, bob);
        var waiting = Requests - dead.Count;
        (_disk.HoldsReads, _disk.HoldsWrites) = (false, false);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.InRange(waiting, PolicyMailbox - 1, 2 * PolicyMailbox); // the proposal waits too, where reads are held
        Assert.Equal(waiting, answers.Count);
    }

    [Fact]
    public void Revoke_MoreArrangementsThanMemoryHasRoomFor_IsNotBusy()
    {
        Restart(options: new() { MaxActivePolicies = 2 });
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        string[] labels = ["b", "c", "d"];
        ServiceStatus[] accepted = [.. labels.Select(label => Send(_parties.Proposal(label, Hour, Now)).Status)];

        var revoked = Send(_parties.Revocation(grant, Now)).Status;
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal([ServiceStatus.Ok, ServiceStatus.Ok, ServiceStatus.Ok, ServiceStatus.Ok], [.. accepted, revoked]);
        Assert.Equal([0, 3, 1], [State.Held, State.Arranged, State.Tombstones]);
        Assert.InRange(State.Active, 0, 2);
    }

    [Fact]
    public void Serve_ReplayOfWhatWasServedBeforeAnEarlyLeave_IsRefused()
    {
        Restart(options: new() { MaxActivePolicies = 1 });
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        var request = _parties.Reencryption(grant, Now);
        var first = Send(request).Status;
        _world.RunFor(TimeSpan.FromMilliseconds(1));

        Send(_parties.Proposal("b", Hour, Now));
        _world.RunFor(TimeSpan.FromSeconds(1));
        var active = State.Active;
        var replay = Send(request);

        Assert.Equal(ServiceStatus.Ok, first);
        Assert.Equal(1, active);
        Assert.Equal(RefusalReason.OutsideTimeWindow, PolicyParties.ReasonOf(replay));
        Assert.Equal(ServiceStatus.Ok, Send(_parties.Reencryption(grant, Now)).Status);
    }

    [Fact]
    public void Revoke_DeletionFailsForLong_IsTriedUntilItSucceeds()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;

        _disk.FailsDeletions = true;
        Send(_parties.Revocation(grant, Now));
        _world.RunFor(TimeSpan.FromMinutes(10));
        var before = Manifests();
        _disk.FailsDeletions = false;
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Contains("kfrag-deposited/3", before);
        Assert.Equal(["policy-revoked/2"], Manifests());
    }

    [Fact]
    public void Tombstone_ItsLifeOver_IsForgottenWhileTheNodeRuns()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        Send(_parties.Revocation(grant, Now));

        _world.RunFor(_limits.TombstoneLife - TimeSpan.FromMinutes(1));
        var before = State.Tombstones;
        _world.RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal([1, 0, 0], [before, State.Tombstones, State.Active]);
        Assert.Empty(Manifests());
    }

    [Fact]
    public void Tombstone_ItsLifeOverWhileTheNodeWasDown_IsForgottenAtTheStart()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        Send(_parties.Revocation(grant, Now));

        Restart(after: _limits.TombstoneLife + TimeSpan.FromDays(1));
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Empty(Manifests());
        Assert.Equal(0, State.Tombstones);
    }

    [Fact]
    public void Propose_AsManyTombstonesAsPolicies_IsFull()
    {
        Restart(limits: new() { MaxPolicies = 1 });
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        Send(_parties.Revocation(grant, Now));
        _world.RunFor(TimeSpan.FromSeconds(1));

        var reply = Send(_parties.Proposal("b", Hour, Now));

        Assert.Equal(RefusalReason.Full, PolicyParties.ReasonOf(reply));
    }

    [Fact]
    [Trait("Row", "NW-14")]
    public void Serve_BobAsksMoreThanHisShare_IsLimitedAloneAndServedAgainLater()
    {
        Restart(limits: new() { IdentityRate = 1, IdentityBurst = 4 });
        var grants = new[] { _parties.Grant("a", Hour, Now, Send)!, _parties.Grant("b", Hour, Now, Send)! };
        _world.RunFor(TimeSpan.FromSeconds(4)); // Alice and Bob have saved up again
        var others = new PolicyParties(_parties.Ursula);
        var other = others.Grant("a", Hour, Now, Send)!;

        ServiceStatus[] asked =
            [.. Enumerable.Range(0, 5).Select(i => Send(_parties.Reencryption(grants[i % 2], Now)).Status)];
        var neighbour = Send(others.Reencryption(other, Now)).Status;
        var alice = Send(_parties.Renewal(grants[0], Hour, Now)).Status;
        _world.RunFor(TimeSpan.FromSeconds(1.1));
        var later = Send(_parties.Reencryption(grants[0], Now)).Status;

        Assert.Equal([.. Enumerable.Repeat(ServiceStatus.Ok, 4), ServiceStatus.RateLimited], asked);
        Assert.Equal([ServiceStatus.Ok, ServiceStatus.Ok, ServiceStatus.Ok], [neighbour, alice, later]);
    }

    [Fact]
    [Trait("Row", "NW-14")]
    public void Serve_FloodInAnothersName_TakesNothingOfHers()
    {
        Restart(limits: new() { IdentityRate = 1, IdentityBurst = 3 });
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        _world.RunFor(TimeSpan.FromSeconds(3));
        var forged = _parties.Renewal(grant, Hour, Now);
        var bytes = forged.Body.ToArray();
        bytes[^1] ^= 1;

        var refused = Enumerable.Range(0, 10).Select(_ => Send(forged with { Body = bytes })).ToList();
        var served = Send(forged).Status;

        Assert.All(refused, reply => Assert.Equal(RefusalReason.BadSignature, PolicyParties.ReasonOf(reply)));
        Assert.Equal(ServiceStatus.Ok, served);
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
    [Trait("Row", "NW-15")]
    public void Serve_DiskFull_SaysSoAtOnceServesWhatNeedsNoWriteAndWorksAgainWithRoom()
    {
        var held = _parties.Grant("a", Hour, Now, Send)!;
        var soon = _parties.Grant("b", new(Now, Now.AddSeconds(20)), Now, Send);

        Fill(true);
        var began = _world.Elapsed;
        ServiceStatus[] refused = [Send(
            _parties.Proposal("c", Hour, Now)).Status, Send(_parties.Revocation(held, Now)).Status];
        var took = _world.Elapsed - began;
        var served = Send(_parties.Reencryption(held, Now)).Status;
        _world.RunFor(TimeSpan.FromMinutes(1));
        Fill(false);
        ServiceStatus[] accepted = [Send(
            _parties.Proposal("c", Hour, Now)).Status, Send(_parties.Revocation(held, Now)).Status];
        _world.RunFor(TimeSpan.FromSeconds(10));

        Assert.NotNull(soon);
        Assert.Equal([ServiceStatus.CannotStore, ServiceStatus.CannotStore], refused);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(ServiceStatus.Ok, served);
        Assert.Equal([ServiceStatus.Ok, ServiceStatus.Ok], accepted);
        Assert.Equal([0, 1, 2], [State.Held, State.Arranged, State.Tombstones]);
    }

    [Fact]
    [Trait("Row", "PO-02")]
    public void Serve_FromACopyOfAnOlderState_NothingUntilAliceRenewsIt()
    {
        var grant = _parties.Grant("a", Hour, Now, Send)!;
        _world.Reboot(default);
        _ursula = Start(isCopy: true);

        var doubted = Send(_parties.Reencryption(grant, Now));
        var proposed = Send(_parties.Proposal("a", Hour, Now)).Status;
        var still = Send(_parties.Reencryption(grant, Now)).Status;
        var renewed = Send(_parties.Renewal(grant, Hour, Now)).Status;
        var served = Send(_parties.Reencryption(grant, Now)).Status;

        Assert.Equal(RefusalReason.UnknownPolicy, PolicyParties.ReasonOf(doubted));
        Assert.Equal([ServiceStatus.Ok, ServiceStatus.Refused, ServiceStatus.Ok, ServiceStatus.Ok],
            [proposed, still, renewed, served]);
    }

    [Fact]
    public void Serve_Garbage_IsMalformed() =>
        Assert.Equal(ServiceStatus.Malformed, Send(new ServiceRequest(ServiceKind.Renew, new byte[100])).Status);

    private void Fill(bool isFull) => _world.Disk.Conditions = DiskConditions.Sound with { IsFull = isFull };

    private ServiceReply Send(ServiceRequest request) => _world.Ask<ServiceReply>(_ursula, request);

    // More than a policy's mailbox and stash hold, while it can't do anything.
    private void Flood(ServiceRequest request, int count, IActorRef? asker = null)
    {
        for (var i = 0; i < count; i++)
            _ursula.Tell(request, asker ?? ActorRefs.NoSender);
        _world.RunFor(TimeSpan.FromSeconds(1));
    }

    private List<DeadLetter> DeadLetters()
    {
        var letters = new List<DeadLetter>();
        var reader = _world.Start(ActorProps.Of(() => new ScriptedActor([], letter =>
        {
            letters.Add((DeadLetter)letter);
            return null;
        })));
        _world.EventStream.Subscribe(reader, typeof(DeadLetter));
        return letters;
    }

    private void Restart(UrsulaOptions? limits = null, UrsulaActorOptions? options = null, TimeSpan after = default)
    {
        (_limits, _options) = (limits ?? _limits, options ?? _options);
        _world.Reboot(after);
        _ursula = Start();
    }

    private IActorRef Start(bool isCopy = false)
    {
        var (keys, limits, options) = (_parties.Ursula.Proxy, _limits, _options);
        var ursula = _world.Start(
            process => ActorProps.Of(() => new UrsulaActor(
                keys, limits, options, new OperatingSystemRandom(), ActorRefs.Nobody, process.Catalog,
                ActorRefs.Nobody, isCopy)),
                "ursula");
        _world.RunFor(TimeSpan.FromSeconds(1));
        return ursula;
    }

    private long HighestOf(string label)
    {
        var hrac = _parties.Alice.HracFor(_parties.Bob.BobCard, PolicyLabel.Parse(label));
        var id = PolicyActor.PersistenceIdOf(_parties.Ursula.Id, PolicyId.Of(_parties.Alice.VerifyingKey, hrac));
        return _world.Disk.Durable.Read(id).HighestSequenceNr;
    }

    private List<string> Manifests() => _world.Manifests("policy-");
}
