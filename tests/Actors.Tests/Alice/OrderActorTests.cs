using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Tests.Sessions;
using NuCypher.P2P.Actors.Tests.Ursula;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Tests.Alice;

/// <summary>One order's actor between a scripted Alice and scripted peers.</summary>
public sealed class OrderActorTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PolicyParties _parties = new();
    private readonly OneMachine _world = new(5);
    private readonly ScriptedPeers _peers = new();
    private readonly BrokenRandom _random = new();
    private readonly UrsulaOfOnePolicy _ursula;
    private readonly Grant _grant;
    private readonly List<object> _alice = [];
    private readonly List<object> _asker = [];

    public OrderActorTests()
    {
        _ursula = new UrsulaOfOnePolicy(_parties.Ursula.Proxy);
        var now = _world.Now;
        _grant = _parties.Grant(
            "label", new Validity(now, now.AddHours(1)), now, request => _ursula.Serve(request, now))!;
        _peers.BringAndServe(_parties.Target, request => _ursula.Serve(request, _world.Now));
    }

    public void Dispose() => _ursula.Dispose();

    [Fact]
    public void Start_UrsulaObeys_TellsAliceToTakeTheMapBackTheReceiptThenTheEndAndStops()
    {
        Start();

        Assert.Collection(
            _alice,
            withdrawn => Assert.IsType<MapWithdrawn>(withdrawn),
            received => Assert.Equal(_parties.Ursula.Id, Assert.IsType<OrderReceived>(received).Receipt.Ursula),
            finished => Assert.Single(Assert.IsType<OrderFinished>(finished).Receipts),
            ended => Assert.IsType<Terminated>(ended));
        Assert.Equal(UrsulaOutcomeKind.Revoked, Assert.IsType<Progress>(Assert.Single(_asker)).Outcome.Kind);
    }

    [Fact]
    public void Start_UrsulaNotFound_IsLookedUpAgainAfterEachDelayUntilTheDeadline()
    {
        _peers.Scout = message => new ServiceFound(((FindService)message).Node, null);

        Start(new GrantOptions { Deadline = 10 * Second, RetryDelay = 3 * Second });
        _world.RunFor(8.5 * Second);
        var before = _alice.Count;
        _world.RunFor(Second);

        Assert.Equal(1, before); // the map is taken back at once
        Assert.Equal(4, _peers.Told.Count); // after 0, 3, 6 and 9 s
        Assert.Empty(Assert.IsType<OrderFinished>(_alice[1]).Receipts);
        Assert.IsType<Terminated>(_alice[2]);
    }

    [Fact]
    public void Start_ClockSetBackMeanwhile_EndsAtTheDeadlineAllTheSame()
    {
        _peers.Scout = _ => null;

        Start(new GrantOptions { Deadline = 10 * Second });
        _world.Machine.StepClock(-30 * Second);
        _world.RunFor(9 * Second);

        Assert.IsType<OrderFinished>(_alice[1]);
    }

    [Fact]
    public void Start_OrderCannotBeSigned_StopsWithoutAnEnd()
    {
        _random.IsBroken = true;

        Start();

        Assert.IsType<Terminated>(Assert.Single(_alice));
    }

    private void Start(GrantOptions? options = null)
    {
        var session = OrderSession.Revoke(_grant, _parties.Alice, options ?? new(), _world.Now, _random);
        var (peers, asker) = (_peers.Start(_world), _world.Start(ScriptedActor.Silent(_asker)));
        _world.Start(ActorProps.Of(() => new ScriptedParent(
            ActorProps.Of(() => new OrderActor(session, peers, asker)), _alice, static _ => null)));
        _world.RunFor(Second);
    }
}
