using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Tests.Sessions;
using NuCypher.P2P.Actors.Tests.Ursula;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Tests.Bob;

/// <summary>Bob and his errands on virtual time, between scripted peers; one Ursula holds his policy.</summary>
public sealed class BobActorTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PolicyParties _parties = new();
    private readonly OneMachine _world = new(9);
    private readonly ScriptedPeers _peers = new();
    private readonly BrokenRandom _random = new();
    private readonly UrsulaOfOnePolicy _ursula;
    private readonly Grant _grant;
    private readonly List<object> _told = [];

    public BobActorTests()
    {
        _ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        var now = _world.Now;
        _grant = _parties.Grant(
            "label", new Validity(now, now.AddHours(1)), now, request => _ursula.Serve(request, now))!;
        _peers.BringAndServe(_parties.Target, request => _ursula.Serve(request, _world.Now));
        _peers.Kademlia = _ => new RecordFound(Verified(_grant.MapRecord), 3);
    }

    private FetchMap Fetch => new(_parties.Alice.VerifyingKey, _grant.Label);

    public void Dispose() => _ursula.Dispose();

    [Fact]
    public void Fetch_MapFound_OpensIt()
    {
        Tell(Bob(), Fetch);

        var map = Assert.IsType<MapFetched>(Assert.Single(_told)).Map;
        Assert.Equal([_parties.Ursula.Id], map.Ursulas);
        Assert.Equal(
            TreasureMap.KeyOf(_parties.Alice.VerifyingKey, _grant.Hrac),
            Assert.IsType<GetMap>(Assert.Single(_peers.Told)).Key);
    }

    [Theory]
    [InlineData(DhtFailure.NotFound, MapRefusal.NotFound)]
    [InlineData(DhtFailure.NoAnswer, MapRefusal.NoNetwork)]
    public void Fetch_KademliaFails_SaysWhy(DhtFailure failure, MapRefusal expected)
    {
        _peers.Kademlia = _ => new OperationFailed(failure);

        Tell(Bob(), Fetch);

        Assert.Equal(new MapNotFetched(expected), Assert.Single(_told));
    }

    [Fact]
    public void Fetch_KademliaSilent_EndsAtItsTimeLimit()
    {
        _peers.Kademlia = _ => null;

        Tell(Bob(), Fetch);
        _world.RunFor(KademliaCalls.TimeLimit - (2 * Second));
        var before = _told.Count;
        _world.RunFor(Second);

        Assert.Equal(0, before);
        Assert.Equal(new MapNotFetched(MapRefusal.NoNetwork), Assert.Single(_told));
    }

    [Fact]
    public void Retrieve_MapTakenBack_SaysSoAndAsksNoUrsula()
    {
        var withdrawal = MapWithdrawal.ToRecord(
            _parties.Alice.Signer, _grant.Hrac, new(_grant.LastVersion.Number + 1), _grant.ServedUntil,
            new OperatingSystemRandom());
        _peers.Kademlia = _ => new RecordFound(Verified(withdrawal.Bytes), 3);

        Tell(Bob(), Retrieve(null));

        Assert.Equal(new MapNotFetched(MapRefusal.Withdrawn), Assert.Single(_told));
        Assert.IsType<GetMap>(Assert.Single(_peers.Told));
    }

    [Fact]
    public void Fetch_MapOfAnotherBob_IsNotForThisBob()
    {
        var other = new PolicyParties();
        _peers.Kademlia = _ => new RecordFound(Verified(MapTo(other.Bob, [_parties.Ursula.Id])), 3);

        Tell(Bob(), Fetch);

        Assert.Equal(new MapNotFetched(MapRefusal.NotForThisBob), Assert.Single(_told));
    }

    [Fact]
    public void Retrieve_UrsulaServes_ReportsProgressThenTheCapsuleFrags()
    {
        Tell(Bob(), Retrieve(null));

        Assert.Equal(UrsulaOutcomeKind.Reencrypted, Assert.IsType<Progress>(_told[0]).Outcome.Kind);
        Assert.Single(Assert.Single(Assert.IsType<Retrieved>(_told[1]).CapsuleFrags));
        Assert.Equal(2, _told.Count);
    }

    [Theory, InlineData(0), InlineData(-30)]
    public void Retrieve_UrsulaSilent_EndsAtTheDeadlineWhateverTheClockShows(int clockStep)
    {
        _peers.Link = _ => null;

        Tell(Bob(), Retrieve(10 * Second));
        _world.Machine.StepClock(clockStep * Second);
        _world.RunFor(8.5 * Second);
        var before = _told.Count;
        _world.RunFor(Second);

        Assert.Equal(0, before);
        var failed = Assert.IsType<NotRetrieved>(Assert.Single(_told)).Failed;
        Assert.Equal((RetrievalFailure.DeadlinePassed, 0, 1), (failed.Failure, failed.Received, failed.Threshold));
    }

    [Fact]
    public void Retrieve_UrsulasSilent_AsksOneMoreAfterEachHedgeDelay()
    {
        NodeId[] ursulas = [.. Enumerable.Range(0, 3).Select(_ => new PolicyParties().Ursula.Id)];
        _peers.Kademlia = _ => new RecordFound(Verified(MapTo(_parties.Bob, ursulas)), 3);
        _peers.Scout = _ => null;

        Tell(Bob(new() { Retrieval = new() { HedgeDelay = 4 * Second } }), Retrieve(null));
        var asked = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            asked.Add(_peers.Told.OfType<FindService>().Count());
            _world.RunFor(4 * Second);
        }

        Assert.Equal([1, 2, 3, 3], asked);
    }

    [Fact]
    public void Retrieve_ErrandThatFails_TellsTheAskerOnceAndTheNextOneWorks()
    {
        var bob = Bob(new() { MaxErrands = 1 });
        _random.IsBroken = true; // nothing can be drawn or signed

        Tell(bob, Retrieve(null));
        _world.RunFor(TimeSpan.FromMinutes(1));
        _random.IsBroken = false;
        var failed = _told.ToArray();
        Tell(bob, Retrieve(null));

        Assert.IsType<Status.Failure>(Assert.Single(failed));
        Assert.IsType<Retrieved>(_told[^1]);
    }

    [Fact]
    public void Fetch_BobStopped_TellsTheAsker()
    {
        _peers.Kademlia = _ => null;
        var bob = Bob();
        Tell(bob, Fetch);

        bob.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.IsType<Status.Failure>(Assert.Single(_told));
    }

    [Fact]
    public void Fetch_MoreErrandsThanAllowed_RefusesUntilOneIsOver()
    {
        _peers.Kademlia = _ => null;
        var bob = Bob(new() { MaxErrands = 2 });

        Tell(bob, Fetch, Fetch, Fetch);
        var refused = _told.ToArray();
        _world.RunFor(KademliaCalls.TimeLimit);
        _told.Clear();
        Tell(bob, Fetch);

        Assert.Equal(new MapNotFetched(MapRefusal.NoNetwork), Assert.Single(refused));
        Assert.Empty(_told);
    }

    private static VerifiedRecord Verified(ReadOnlyMemory<byte> bytes)
    {
        Assert.True(SignedRecord.TryRead(bytes.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        return verified;
    }

    private ReadOnlyMemory<byte> MapTo(Identity bob, NodeId[] ursulas) =>
        new TreasureMap(1, _grant.KeyFragVersion, _grant.Validity, _grant.PolicyKey, ursulas)
            .ToRecord(_parties.Alice.Signer, bob.BobCard, _grant.Hrac, _grant.KeyFragVersion, _random).Bytes;

    private Retrieve Retrieve(TimeSpan? deadline) =>
        new(_parties.Alice.VerifyingKey, _grant.Label, [_parties.Capsule], deadline);

    private IActorRef Bob(BobOptions? options = null)
    {
        var peers = _peers.Start(_world);
        return _world.Start(ActorProps.Of(() => new BobActor(_parties.Bob, options ?? new(), _random, peers)), "bob");
    }

    private void Tell(IActorRef bob, params object[] messages)
    {
        var asker = _world.Start(ScriptedActor.Silent(_told));
        foreach (var message in messages)
            bob.Tell(message, asker);
        _world.RunFor(Second);
    }
}
