using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Discovery;

/// <summary>
/// Joining, announcing and finding, on virtual time, with a Kademlia that answers what the test says.
/// </summary>
public sealed class DiscoveryTests
{
    private static readonly OperatingSystemRandom Random = new();
    private readonly OneMachine _world = new(3);
    private readonly List<KademliaRequest> _asked = [];
    private Func<KademliaRequest, DhtOutcome?> _answer = _ => new OperationFailed(DhtFailure.NoAnswer);
    private int _contacts;

    [Fact]
    [Trait("Row", "NW-03")]
    public void Membership_SeedsSilentAtFirst_TriesAgainAndSaysWhenItIsIn()
    {
        var membership = Membership();

        var joined = _world.Begin<MemberJoined>(membership, new WhenJoined());
        _world.RunFor(TimeSpan.FromSeconds(20));
        var tries = _asked.Count;
        _answer = _ => new Joined(4);
        var result = _world.Answer<MemberJoined>(joined);

        Assert.InRange(tries, 5, 20);
        Assert.Equal(4, result.Contacts);
    }

    [Fact]
    public void Membership_EverybodyLost_JoinsAgain()
    {
        _answer = _ => new Joined(1);
        _contacts = 1;
        Membership();

        _world.RunFor(TimeSpan.FromMinutes(2));
        var before = _asked.Count;
        _contacts = 0;
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(1, before);
        Assert.True(_asked.Count > before);
        Assert.Equal([ScriptedKademlia.Peer], Assert.IsType<Join>(_asked[^1]).Seeds);
    }

    [Fact]
    public void Membership_KademliaSilentDuringAFlood_StillJoinsAgainLater()
    {
        _answer = _ => new Joined(1);
        _contacts = -1;
        Membership();

        _world.RunFor(TimeSpan.FromMinutes(2));
        var before = _asked.Count;
        _contacts = 0;
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal(1, before);
        Assert.True(_asked.Count > before);
    }

    [Fact]
    public void Presence_Failed_AnnouncesAgain()
    {
        _answer = _ => new Stored(20, 20);
        using var identity = Identity.Random(Random);
        var presence = Presence(identity, new FailingOnce());

        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Single(_asked.OfType<PublishRecord>());
    }

    [Fact]
    public void Presence_Announced_PublishesNewerRecordsBeforeTheOldOneEnds()
    {
        _answer = _ => new Stored(20, 20);
        using var identity = Identity.Random(Random);
        var presence = Presence(identity);

        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromHours(13));

        VerifiedRecord[] records = [.. _asked.OfType<PublishRecord>().Select(publish => publish.Record)];
        Assert.Equal(3, records.Length);
        Assert.True(records[0].Sequence < records[1].Sequence && records[1].Sequence < records[2].Sequence);
        Assert.All(records, record => Assert.Equal(identity.Id, record.Key));
        Assert.True(records[^1].IsCurrent(_world.Now));
    }

    [Theory, InlineData(1), InlineData(30)]
    [Trait("Row", "NW-15")]
    public void Presence_RecordOfACopyFromTheFuture_IsPublishedOver(int days)
    {
        using var identity = Identity.Random(Random);
        var foreign = RecordOf(identity, (ulong)_world.Now.AddDays(days).ToUnixTimeMilliseconds(), port: 99);
        _answer = SwarmWith(foreign);
        var presence = Presence(identity);

        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromSeconds(10));
        var report = _world.Ask<PresenceReport>(presence, new GetPresence(TimeSpan.FromMinutes(1)));

        var own = _asked.OfType<PublishRecord>().Last().Record;
        Assert.True(own.Supersedes(foreign));
        Assert.Equal(RecordSight.Published, report.Sight);
        Assert.Equal((ushort)99, report.Elsewhere?.Port);
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public void Presence_ItsOwnRecordMadeWhileTheClockWasAhead_IsNoCopy()
    {
        using var identity = Identity.Random(Random);
        _answer = SwarmWith(RecordOf(identity, (ulong)_world.Now.AddDays(2).ToUnixTimeMilliseconds()));
        var presence = Presence(identity);

        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromSeconds(10));
        var report = _world.Ask<PresenceReport>(presence, new GetPresence(TimeSpan.FromMinutes(1)));

        Assert.Equal((RecordSight.Published, null), (report.Sight, report.Elsewhere));
    }

    [Theory, InlineData(20), InlineData(-20)]
    public void Presence_ClockWrongForAWhile_SignsByTheTimeBefore(int days)
    {
        using var identity = Identity.Random(Random);
        var held = RecordOf(identity, 1);
        _answer = SwarmWith(() => held, record => held = record);
        var presence = Presence(identity);
        _world.RunFor(TimeSpan.FromMinutes(1));

        _world.Machine.StepClock(TimeSpan.FromDays(days));
        _world.RunFor(TimeSpan.FromSeconds(1));
        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromMinutes(1));
        _world.Machine.StepClock(TimeSpan.FromDays(-days));

        Assert.InRange(held.NotAfter - _world.Now, TimeSpan.Zero, new PresenceOptions().RecordLife);
        Assert.InRange(held.Sequence, 2UL, (ulong)_world.Now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Presence_JumpThatTheSettingsTolerate_SignsByTheNewTime()
    {
        using var identity = Identity.Random(Random);
        var held = RecordOf(identity, 1);
        _answer = SwarmWith(() => held, record => held = record);
        var presence = Presence(identity, clock: new ClockGuardOptions { Tolerance = TimeSpan.FromDays(30) });
        _world.RunFor(TimeSpan.FromMinutes(1));

        _world.Machine.StepClock(TimeSpan.FromDays(20));
        _world.RunFor(TimeSpan.FromSeconds(1));
        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.InRange(held.NotAfter - _world.Now, TimeSpan.Zero, new PresenceOptions().RecordLife);
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public void Presence_CopyThatPublishesLater_IsNoticedAtTheNextLook()
    {
        using var identity = Identity.Random(Random);
        var held = RecordOf(identity);
        _answer = SwarmWith(() => held, record => held = record);
        var presence = Presence(identity);
        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromMinutes(1));

        held = RecordOf(identity, held.Sequence + 1000, port: 99);
        _world.RunFor(new PresenceOptions().CheckInterval);

        Assert.True(NodeRecord.TryRead(held, out var node, out _));
        Assert.Equal(9, node.Udp.Port);
    }

    [Fact]
    public void Presence_NobodyAnswers_SaysSoWithinItsTimeLimitToAllWhoWait()
    {
        using var identity = Identity.Random(Random);
        _answer = request => request is PublishRecord ? new Stored(20, 20) : null;
        var presence = Presence(identity);
        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromMinutes(1));
        var began = _world.Elapsed;

        Task<object?>[] waiting = [.. Enumerable.Range(0, 65).Select(
            _ => _world.Begin<PresenceReport>(presence, new GetPresence(TimeSpan.Zero)))];
        _world.RunFor(TimeSpan.FromMilliseconds(1));
        var atOnce = waiting.Count(task => task.IsCompleted);
        RecordSight[] sights = [.. waiting.Select(task => _world.Answer<PresenceReport>(task).Sight)];

        Assert.Equal(1, atOnce); // the list of those who wait is full
        Assert.All(sights, sight => Assert.Equal(RecordSight.NoAnswer, sight));
        Assert.InRange(_world.Elapsed - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Presence_HeldByNobodyElse_IsMissing()
    {
        using var identity = Identity.Random(Random);
        VerifiedRecord? own = null;
        _answer = SwarmWith(() => own, record => own = record, answers: 1);
        var presence = Presence(identity);

        presence.Tell(new Announce());
        _world.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(
            RecordSight.Missing, _world.Ask<PresenceReport>(presence, new GetPresence(TimeSpan.FromMinutes(1))).Sight);
    }

    [Fact]
    public void Scout_ClockSetBackMeanwhile_StillLooksAgain()
    {
        using var identity = Identity.Random(Random);
        _answer = _ => new RecordFound(RecordOf(identity), 3);
        var scout = Scout();

        _world.Machine.StepClock(TimeSpan.FromDays(1));
        _world.Ask<ServiceFound>(scout, new FindService(identity.Id));
        _world.Machine.StepClock(TimeSpan.FromDays(-1));
        _world.RunFor(new ScoutOptions().RecordMemory + TimeSpan.FromSeconds(1));
        _world.Ask<ServiceFound>(scout, new FindService(identity.Id));

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void Presence_AskedForInformation_AnswersItsCurrentRecord()
    {
        using var identity = Identity.Random(Random);
        var presence = Presence(identity);

        var reply = _world.Ask<ServiceReply>(presence, new ServiceRequest(ServiceKind.Information, default));

        Assert.True(SignedRecord.TryRead(reply.Body.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(NodeRecord.TryRead(verified, out var node, out _));
        Assert.Equal(identity.Id, node.Id);
    }

    [Fact]
    public void Scout_AskedTwiceForOneNode_LooksItUpOnce()
    {
        using var identity = Identity.Random(Random);
        _answer = _ => new RecordFound(RecordOf(identity), 3);
        var scout = Scout();

        var first = _world.Begin<ServiceFound>(scout, new FindService(identity.Id));
        var second = _world.Begin<ServiceFound>(scout, new FindService(identity.Id));

        Assert.Equal(identity.Id, _world.Answer<ServiceFound>(first).Target!.Id);
        Assert.Equal(identity.Id, _world.Answer<ServiceFound>(second).Target!.Id);
        Assert.Single(_asked);
    }

    [Fact]
    public void Scout_RecordOlderThanItsMemory_LooksAgain()
    {
        using var identity = Identity.Random(Random);
        _answer = _ => new RecordFound(RecordOf(identity), 3);
        var scout = Scout();

        _world.Ask<ServiceFound>(scout, new FindService(identity.Id));
        _world.RunFor(new ScoutOptions().RecordMemory + TimeSpan.FromSeconds(1));
        _world.Ask<ServiceFound>(scout, new FindService(identity.Id));

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void Scout_SearchThatNobodyAnswers_EndsAtItsTimeLimitWithNothing()
    {
        _answer = _ => null;
        var scout = Scout();

        var found = _world.Ask<UrsulasFound>(scout, new FindUrsulas(3, new HashSet<NodeId>()));

        Assert.Empty(found.Targets);
        var limit = new ScoutOptions().SearchTimeLimit;
        Assert.InRange(_world.Elapsed, limit, limit + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Scout_KademliaNeverAnswers_SaysThatNobodyWasFound()
    {
        _answer = _ => null;
        var scout = Scout();

        var found = _world.Ask<ServiceFound>(scout, new FindService(default));

        Assert.Null(found.Target);
    }

    [Fact]
    public void Scout_Search_BringsUrsulasButNotTheKnownOnes()
    {
        Identity[] identities = [.. Enumerable.Range(0, 4).Select(_ => Identity.Random(Random))];
        _answer = request => request switch
        {
            FindClosest => new ClosestFound([.. identities.Select(i => new Contact(i.Id, default))]),
            GetRecord get => new RecordFound(RecordOf(identities.Single(i => i.Id == get.Key)), 3),
            _ => null,
        };
        var scout = Scout();

        var known = new HashSet<NodeId> { identities[0].Id };
        var found = _world.Ask<UrsulasFound>(scout, new FindUrsulas(10, known));

        Assert.Equal(
            identities.Skip(1).Select(i => i.Id.ToString()).Order(StringComparer.Ordinal),
            found.Targets.Select(target => target.Id.ToString()));
    }

    private IActorRef Kademlia() =>
        _world.Start(ActorProps.Of(() => new ScriptedKademlia(_asked, request => _answer(request), () => _contacts)));

    private IActorRef Membership()
    {
        var kademlia = Kademlia();
        return _world.Start(ActorProps.Of(() => new MembershipActor(new MembershipOptions(), kademlia, null)));
    }

    private IActorRef Scout()
    {
        var kademlia = Kademlia();
        return _world.Start(ActorProps.Of(() => new ScoutActor(new ScoutOptions(), kademlia, new Random(5),
            ActorRefs.Nobody)));
    }

    private IActorRef Presence(Identity identity, RandomSource? random = null, ClockGuardOptions? clock = null)
    {
        var kademlia = Kademlia();
        return _world.Start(ActorProps.Of(() => new PresenceActor(
            new PresenceOptions(), clock ?? new(), NodeOf(identity), identity.Signer, random ?? Random, kademlia,
            ActorRefs.Nobody)));
    }

    private sealed class FailingOnce : RandomSource
    {
        private bool _hasFailed;

        public override void Fill(Span<byte> destination)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                throw new InvalidOperationException("no entropy yet");
            }

            Random.Fill(destination);
        }
    }

    // Keeps the newest of what it is given, as a swarm does; the node itself is one of those who answer.
    private static Func<KademliaRequest, DhtOutcome?> SwarmWith(VerifiedRecord? record) =>
        SwarmWith(() => record, newer => record = newer);

    private static Func<KademliaRequest, DhtOutcome?> SwarmWith(
        Func<VerifiedRecord?> held, Action<VerifiedRecord> keep, int answers = 3) => request =>
    {
        if (request is not PublishRecord publish)
            return held() is { } found ? new RecordFound(found, answers) : new OperationFailed(DhtFailure.NotFound);
        if (held() is { } known && known.Supersedes(publish.Record))
            return new OperationFailed(DhtFailure.TooFewHolders);
        keep(publish.Record);
        return new Stored(20, 20);
    };

    private VerifiedRecord RecordOf(Identity identity, ulong sequence = 1, ushort port = 9)
    {
        var node = NodeOf(identity) with { Udp = new NodeAddress(System.Net.IPAddress.Loopback, port) };
        var record = node.ToRecord(identity.Signer, sequence, _world.Now.AddDays(1), Random);
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        return verified;
    }

    private static NodeRecord NodeOf(Identity identity) => new(
        identity.VerifyingKey, identity.EncryptingKey, NodeCapabilities.Dht | NodeCapabilities.Ursula,
        new NodeAddress(System.Net.IPAddress.Loopback, 9), "127.0.0.1", 10, default);
}
