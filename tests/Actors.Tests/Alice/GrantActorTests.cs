using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Tests.Sessions;
using NuCypher.P2P.Actors.Tests.Ursula;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Tests.Alice;

/// <summary>One grant's actor between a scripted Alice and scripted peers.</summary>
public sealed class GrantActorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PolicyParties _parties = new();
    private readonly OneMachine _world = new(5);
    private readonly ScriptedPeers _peers = new();
    private readonly BrokenRandom _random = new();
    private readonly List<object> _alice = [];
    private readonly List<object> _asker = [];
    private bool _remembers = true;

    [Fact]
    public void Start_UrsulaTakesTheKeyFrag_TellsAliceThePlanThenTheGrantAndStops()
    {
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        _peers.BringAndServe(_parties.Target, request => ursula.Serve(request, _world.Now));

        Start();

        Assert.Collection(
            _alice,
            planned => Assert.IsType<DepositsPlanned>(planned),
            finished => Assert.Equal(
                _parties.Ursula.Id, Assert.Single(Assert.IsType<GrantFinished>(finished).Grant.Holders).Ursula),
            ended => Assert.IsType<Terminated>(ended));
        Assert.Equal(
            [UrsulaOutcomeKind.Accepted, UrsulaOutcomeKind.Deposited],
            _asker.Select(progress => Assert.IsType<Progress>(progress).Outcome.Kind));
    }

    [Fact]
    public void Start_AliceDoesNotSayThatThePlanIsDurable_SendsNoKeyFragAndFailsAtTheDeadline()
    {
        using var ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        _peers.BringAndServe(_parties.Target, request => ursula.Serve(request, _world.Now));
        _remembers = false;

        Start(new GrantOptions { Deadline = 10 * Second });
        _world.RunFor(8.5 * Second);
        var before = _alice.Count;
        _world.RunFor(Second);

        Assert.Equal(1, before);
        Assert.Equal(GrantFailure.DeadlinePassed, Assert.IsType<GrantFailed>(_alice[1]).Failure);
        Assert.IsType<Terminated>(_alice[2]);
        Assert.DoesNotContain(_peers.Told, told => told is ServiceCall { Kind: ServiceKind.DepositKeyFrag });
    }

    [Fact]
    public void Start_ScoutBringsNobody_SearchesAgainAfterEachPauseThenGivesUp()
    {
        _peers.Scout = _ => new UrsulasFound([]);

        Start(new GrantOptions { SearchDelay = 10 * Second, MaxFruitlessSearches = 3 });
        _world.RunFor(18 * Second);
        var searches = _peers.Told.Count;
        _world.RunFor(2 * Second);

        Assert.Equal([2, 3], [searches, _peers.Told.Count]);
        Assert.Equal(GrantFailure.TooFewUrsulas, Assert.IsType<GrantFailed>(_alice[0]).Failure);
        Assert.IsType<Terminated>(_alice[1]);
    }

    [Fact]
    public void Start_UrsulaUnreachable_TellsTheScoutThatSheIsKnown()
    {
        _peers.BringAndServe(_parties.Target, _ => new ServiceReply(ServiceStatus.Unreachable, default));

        Start();

        Assert.Equal([_parties.Ursula.Id], _peers.Told.OfType<FindUrsulas>().Last().Known);
        Assert.Equal(UrsulaOutcomeKind.Unreachable, Assert.IsType<Progress>(Assert.Single(_asker)).Outcome.Kind);
    }

    [Fact]
    public void Start_ClockSetBackMeanwhile_FailsAtTheDeadlineAllTheSame()
    {
        Start(new GrantOptions { Deadline = 10 * Second });
        _world.Machine.StepClock(-30 * Second);
        _world.RunFor(9 * Second);

        Assert.IsType<GrantFailed>(_alice[0]);
    }

    [Fact]
    public void Start_SessionCannotBeMade_StopsAndAsksNobody()
    {
        _random.IsBroken = true;

        Start();

        Assert.IsType<Terminated>(Assert.Single(_alice));
        Assert.Empty(_peers.Told);
    }

    private void Start(GrantOptions? options = null)
    {
        var terms = new GrantTerms(
            PolicyLabel.Parse("label"), _parties.Bob.BobCard, 1, 1, new Validity(_world.Now, _world.Now.AddHours(1)));
        var (peers, asker) = (_peers.Start(_world), _world.Start(ScriptedActor.Silent(_asker)));
        var grant = ActorProps.Of(() => new GrantActor(
            terms, null, _parties.Alice, options ?? new(), _random, peers, asker));
        _world.Start(ActorProps.Of(() => new ScriptedParent(
            grant, _alice, message => message is DepositsPlanned && _remembers ? new DepositsRemembered() : null)));
        _world.RunFor(Second);
    }
}
