using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Tests.Sessions;
using NuCypher.P2P.Actors.Tests.Ursula;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Actors.Tests.Alice;

/// <summary>An Alice on virtual time; what her peers answer is up to the test, by default nothing.</summary>
public sealed class AliceActorTests
{
    private const int Grants = 5;

    private readonly PolicyParties _parties = new();
    private readonly OneMachine _world = new(3);
    private readonly ScriptedPeers _peers = new();
    private readonly BrokenRandom _random = new();
    private readonly List<object> _told = [];

    private GrantTerms Terms => new(
        PolicyLabel.Parse("label 1"), _parties.Bob.BobCard, 1, 1, new(_world.Now, _world.Now.AddHours(1)));

    [Fact]
    public void Revoke_ClockSetBackMeanwhile_EndsAtItsDeadline()
    {
        Remember(Made(1));
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));
        var label = PolicyLabel.Parse("label 1");
        var revoke = new RevokeGrant(
            _parties.Alice.HracFor(_parties.Bob.BobCard, label), TimeSpan.FromSeconds(10));

        var answer = _world.Begin<GrantRevocation>(alice, revoke);
        _world.RunFor(TimeSpan.FromSeconds(1));
        _world.Machine.StepClock(TimeSpan.FromSeconds(-30));
        _world.RunFor(TimeSpan.FromSeconds(10));

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.IsType<GrantRevocation>(_world.Answer<object>(answer));
    }

    [Fact]
    public void Recover_MoreGrantsThanArePublishedAtOnce_PublishesAllOfThemOneAfterTheOther()
    {
        Remember([.. Enumerable.Range(1, Grants).Select(Made)]);
        Alice(new AliceOptions { MaxRepublications = 2 });

        _world.RunFor(TimeSpan.FromSeconds(1));
        var atFirst = _peers.Told.Count;
        _world.RunFor(TimeSpan.FromMinutes(5));

        Assert.Equal(2, atFirst);
        var published = _peers.Told.OfType<PublishRecord>().Select(publish => publish.Record.Key);
        Assert.Equal(Grants, published.Distinct().Count());
    }

    [Fact]
    public void Grant_UrsulaTakesTheKeyFrag_ReportsProgressThenThePublishedGrantWhichIsDurable()
    {
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        _peers.BringAndServe(_parties.Target, request => ursula.Serve(request, _world.Now));
        _peers.Kademlia = _ => new Stored(7, 20);
        var alice = Alice(new AliceOptions());

        alice.Tell(new MakeGrant(Terms), Asker());
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(
            [UrsulaOutcomeKind.Accepted, UrsulaOutcomeKind.Deposited],
            _told.OfType<Progress>().Select(progress => progress.Outcome.Kind));
        Assert.Equal(7, Assert.IsType<GrantPublished>(_told[^1]).MapHolders);
        Assert.Equal(3, _told.Count);
        Assert.Equal(["grant-begun/2", "grant-made/3"], _world.Manifests("alice-"));
    }

    [Fact]
    public void Grant_ErrandThatFails_TellsTheAskerOnceAndAnotherMayBegin()
    {
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));

        _random.IsBroken = true;
        alice.Tell(new MakeGrant(Terms), Asker());
        _world.RunFor(TimeSpan.FromMinutes(10));
        _random.IsBroken = false;
        var searches = _peers.Told.Count;
        alice.Tell(new MakeGrant(Terms), ActorRefs.NoSender);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.IsType<Status.Failure>(Assert.Single(_told));
        Assert.Equal(0, searches);
        Assert.IsType<FindUrsulas>(Assert.Single(_peers.Told));
    }

    [Fact]
    public void Revoke_ErrandThatFails_TellsTheAskerOnceAndTheOrderIsDurable()
    {
        Remember(Made(1));
        _peers.BringAndServe(_parties.Target, _ => null);
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));

        _random.IsBroken = true; // the order can't be signed
        alice.Tell(new RevokeGrant(_parties.Alice.HracFor(_parties.Bob.BobCard, Terms.Label)), Asker());
        _world.RunFor(TimeSpan.FromMinutes(10));

        Assert.IsType<Status.Failure>(Assert.Single(_told));
        Assert.Equal("order-issued", _world.Manifests("alice-")[^1].Split('/')[0]);
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public void Revoke_DiskFull_SaysThatHerBooksCannotBeWritten()
    {
        Remember(Made(1));
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));

        _world.Disk.Conditions = DiskConditions.Sound with { IsFull = true };
        alice.Tell(new RevokeGrant(_parties.Alice.HracFor(_parties.Bob.BobCard, Terms.Label)), Asker());
        _world.RunFor(TimeSpan.FromSeconds(1));

        var failure = Assert.IsType<Status.Failure>(Assert.Single(_told));
        Assert.Contains("full", Assert.IsType<JournalException>(failure.Cause).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public void Grant_DiskFullBetweenItsEvents_TellsTheAskerWhoWaits()
    {
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        _peers.BringAndServe(_parties.Target, request =>
        {
            _world.Disk.Conditions = DiskConditions.Sound with { IsFull = request.Kind == ServiceKind.DepositKeyFrag };
            return ursula.Serve(request, _world.Now);
        });
        var alice = Alice(new AliceOptions());

        alice.Tell(new MakeGrant(Terms), Asker());
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.IsType<JournalException>(Assert.IsType<Status.Failure>(_told[^1]).Cause);
        Assert.Equal(["grant-begun/2"], _world.Manifests("alice-"));
    }

    [Fact]
    [Trait("Row", "PO-02")]
    public void Revoke_UrsulaDownForAnHour_IsFinishedWhenSheComesBackAlsoAfterARestart()
    {
        var made = Made(1);
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        _parties.Grant("label 1", new Validity(_world.Now, _world.Now.AddHours(8)), _world.Now, request =>
            ursula.Serve(request, _world.Now));
        var served = made.Grant.Validity with { NotAfter = _world.Now.AddHours(8) };
        Remember(new GrantMade(made.Grant with { Validity = served, ServedUntil = served.NotAfter }));
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));
        alice.Tell(new RevokeGrant(made.Grant.Hrac, TimeSpan.FromSeconds(10)), Asker());
        _world.RunFor(TimeSpan.FromMinutes(30));
        var before = Assert.IsType<GrantRevocation>(_told[^1]).Grant.IsRevoked;

        _world.Reboot(TimeSpan.FromMinutes(30));
        _peers.BringAndServe(_parties.Target, request => ursula.Serve(request, _world.Now));
        alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromMinutes(5));
        var listed = _world.Ask<GrantsListed>(alice, new ListGrants());
        var asked = _peers.Told.Count;
        _world.RunFor(TimeSpan.FromHours(6));

        Assert.False(before);
        Assert.True(Assert.Single(listed.Grants).IsRevoked);
        Assert.Equal(asked, _peers.Told.Count); // nothing is left to ask for
    }

    [Fact]
    public void Revoke_MapPublished_IsTakenBackInItsPlaceBeforeTheAnswerAndAgainAfterARestart()
    {
        var made = Made(1);
        Remember(made);
        using var ursula = Served();
        Assert.True(SignedRecord.TryRead(made.Grant.MapRecord.Span, out var map));
        _peers.Kademlia = _ => null;
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));
        _peers.Told.Clear();

        alice.Tell(new RevokeGrant(made.Grant.Hrac, TimeSpan.FromSeconds(10)), Asker());
        _world.RunFor(TimeSpan.FromSeconds(8));
        var (first, before) = (Assert.Single(_peers.Told.OfType<PublishRecord>()).Record, _told.Count);
        _world.RunFor(TimeSpan.FromSeconds(3)); // the swarm says nothing: nobody waits longer than for the Ursulas
        var after = _told.OfType<GrantRevocation>().Count();
        _world.Reboot(TimeSpan.FromSeconds(1));
        _peers.Told.Clear();
        _peers.Kademlia = _ => new Stored(7, 20);
        Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));
        var again = Assert.Single(_peers.Told.OfType<PublishRecord>()).Record;
        _world.Reboot(made.Grant.Validity.NotAfter - _world.Now);
        _peers.Told.Clear();
        Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.All(new[] { first, again }, record =>
        {
            Assert.True(MapWithdrawal.Is(record));
            Assert.Equal((map!.Key, map.NotAfter, first.Sequence), (record.Key, record.NotAfter, record.Sequence));
        });
        Assert.True(first.Sequence > map!.Sequence);
        Assert.Equal((0, 1), (before - _told.OfType<Progress>().Count(), after));
        Assert.Empty(_peers.Told.OfType<PublishRecord>()); // it is over, and so is the map
    }

    [Fact]
    public void Revoke_SwarmTakesTheMapBackAtOnce_AnswersAtOnce()
    {
        var made = Made(1);
        Remember(made);
        using var ursula = Served();
        _peers.Kademlia = _ => new Stored(7, 20);
        var alice = Alice(new AliceOptions());
        _world.RunFor(TimeSpan.FromSeconds(1));

        alice.Tell(new RevokeGrant(made.Grant.Hrac, TimeSpan.FromSeconds(10)), Asker());
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.True(Assert.IsType<GrantRevocation>(_told[^1]).Grant.IsRevoked);
    }

    private UrsulaOfOnePolicy Served()
    {
        var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        _parties.Grant("label 1", new Validity(_world.Now, _world.Now.AddHours(1)), _world.Now, request =>
            ursula.Serve(request, _world.Now));
        _peers.BringAndServe(_parties.Target, request => ursula.Serve(request, _world.Now));
        return ursula;
    }

    private IActorRef Alice(AliceOptions options)
    {
        var peers = _peers.Start(_world);
        return _world.Start(ActorProps.Of(() => new AliceActor(_parties.Alice, options, _random, peers)), "alice");
    }

    private IActorRef Asker() => _world.Start(ScriptedActor.Silent(_told));

    private void Remember(params GrantMade[] made) => Assert.Null(_world.Disk.Durable.Append(
        $"alice-{_parties.Alice.Id}",
        [.. made.Index().Select(pair => new StoredEvent(pair.Index + 1, pair.Item.Manifest, pair.Item.ToBytes()))]));

    private GrantMade Made(int number)
    {
        var now = _world.Now;
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        var grant = _parties.Grant(
            $"label {number}", new Validity(now, now.AddHours(1)), now, request => ursula.Serve(request, now));
        return new GrantMade(grant!);
    }
}
