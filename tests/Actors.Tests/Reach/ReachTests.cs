using System.Net;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Reach;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Actors.Tests.Reach;

/// <summary>Nodes that call each other back, and what they testify; calls go where the test says.</summary>
public sealed class ReachTests
{
    private static readonly OperatingSystemRandom Random = new();
    private static readonly IPAddress Source = IPAddress.Parse("192.0.2.7");

    private readonly OneMachine _world = new(3);
    private readonly List<object> _told = [];
    private readonly Identity _node = Identity.Random(Random);
    private readonly Identity _ursula = Identity.Random(Random);
    private Func<ServiceCall, ServiceAnswer?> _link = static _ => null;

    [Theory]
    [InlineData(ServiceStatus.Ok, ReachVerdict.Reached),
        InlineData(ServiceStatus.Unreachable, ReachVerdict.Unreachable)]
    [InlineData(ServiceStatus.TimedOut, ReachVerdict.Unreachable),
        InlineData(ServiceStatus.PinMismatch, ReachVerdict.OtherCertificate)]
    public void Witness_Asked_CallsBackWhereTheRequestCameFromAndTestifies(object found, object verdict)
    {
        _link = call => new ServiceAnswer(call.CallId, (ServiceStatus)found, default);

        var reply = _world.Ask<ServiceReply>(Witness(), Request(_node, _ursula.Id));

        var call = Assert.IsType<ServiceCall>(Assert.Single(_told));
        Assert.Equal((Source.ToString(), (ushort)443, ServiceKind.Information),
            (call.Target.Host, call.Target.Port, call.Kind));
        Assert.True(SignedMessage.TryRead<Testimony>(reply.Body.Span, out var testimony, out _));
        Assert.True(testimony.Verify(_ursula.VerifyingKey, out _));
        Assert.Equal((verdict, _world.Now), ((object)testimony.Claims.Verdict, testimony.Claims.At));
    }

    [Fact]
    public void Witness_AskedForAnotherOrByAForger_CallsNobody()
    {
        var witness = Witness();
        var forged = SignedMessage.Sign(Claims(_node, _ursula.Id), _ursula.Signer, Random).Bytes;

        var other = _world.Ask<ServiceReply>(witness, Request(_node, _node.Id));
        var forger = _world.Ask<ServiceReply>(witness,
            new ServiceRequest(ServiceKind.Reach, forged) { Source = Source });
        var garbage = _world.Ask<ServiceReply>(witness,
            new ServiceRequest(ServiceKind.Reach, new byte[100]) { Source = Source });

        Assert.Equal([ServiceStatus.Refused, ServiceStatus.Refused, ServiceStatus.Malformed],
            [other.Status, forger.Status, garbage.Status]);
        Assert.Empty(_told);
    }

    [Fact]
    public void Witness_MoreAtOnceThanItCallsBack_IsBusy()
    {
        var witness = Witness();
        var waiting = Enumerable.Range(0, 17).Select(_ =>
            _world.Begin<ServiceReply>(witness, Request(_node, _ursula.Id))).ToList();

        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(16, _told.Count);
        Assert.Equal(ServiceStatus.Busy,
            _world.Answer<ServiceReply>(Assert.Single(waiting, task => task.IsCompleted)).Status);
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public void Reach_OneOfThreeReachesItAndOneClockIsAnHourAhead_IsReachedAndGoesByTheMiddleClock()
    {
        Identity[] others = [.. Enumerable.Range(0, 3).Select(_ => Identity.Random(Random))];
        (ReachVerdict Verdict, TimeSpan Ahead)[] says =
            [(ReachVerdict.Unreachable, TimeSpan.FromSeconds(40)), (ReachVerdict.Reached, TimeSpan.FromHours(1)),
                (ReachVerdict.NotTried, TimeSpan.FromSeconds(40))];
        _link = call => Testify(call, others[call.Target.Port - 1], says[call.Target.Port - 1]);
        var reach = Asker(others);

        _world.RunFor(TimeSpan.FromSeconds(10));
        var report = _world.Ask<ReachReport>(reach, new GetReach());

        Assert.Equal((2, 1, TimeSpan.FromSeconds(40)), (report.Asked, report.Reached, report.ClockAhead));
    }

    [Theory, InlineData(1), InlineData(-1)]
    [Trait("Row", "NW-15")]
    public void Reach_ClockThatIsSetAfterTheOthersSpoke_ShowsAtOnceAndIsGoneWhenItIsSetBack(int days)
    {
        _link = call => Testify(call, _ursula, (ReachVerdict.Reached, TimeSpan.FromSeconds(2)));
        var reach = Asker([_ursula]);
        _world.RunFor(TimeSpan.FromSeconds(10));

        _world.Machine.StepClock(TimeSpan.FromDays(days));
        var off = _world.Ask<ReachReport>(reach, new GetReach());
        _world.Machine.StepClock(TimeSpan.FromDays(-days));
        var right = _world.Ask<ReachReport>(reach, new GetReach());

        Assert.Equal(TimeSpan.FromSeconds(2) - TimeSpan.FromDays(days), off.ClockAhead);
        Assert.Equal(TimeSpan.FromSeconds(2), right.ClockAhead);
    }

    [Fact]
    public void Reach_TestimonyOfSomebodyElse_CountsNothing()
    {
        _link = call => Testify(call, _node, (ReachVerdict.Reached, TimeSpan.Zero));
        var reach = Asker([_ursula]);

        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.True(_told.OfType<ServiceCall>().Count() > 1);
        Assert.Equal(0, _world.Ask<ReachReport>(reach, new GetReach()).Asked);
    }

    private ServiceAnswer Testify(ServiceCall call, Identity ursula, (ReachVerdict Verdict, TimeSpan Ahead) says)
    {
        Assert.True(SignedMessage.TryRead<ReachRequest>(call.Body.Span, out var request, out _));
        var testimony = new Testimony(request.Hash, request.Claims.Ursula, says.Verdict, _world.Now + says.Ahead);
        return new ServiceAnswer(call.CallId, ServiceStatus.Ok,
            SignedMessage.Sign(testimony, ursula.Signer, Random).Bytes);
    }

    private static ReachRequest Claims(Identity node, NodeId ursula) =>
        new(node.VerifyingKey, ursula, Nonce.Random(Random), 443, default);

    private static ServiceRequest Request(Identity node, NodeId ursula) =>
        new(ServiceKind.Reach, SignedMessage.Sign(Claims(node, ursula), node.Signer, Random).Bytes) { Source = Source };

    private IActorRef Link() =>
        _world.Start(ActorProps.Of(() => new ScriptedActor(_told, message => _link((ServiceCall)message))));

    private IActorRef Witness()
    {
        var link = Link();
        return _world.Start(ActorProps.Of(() =>
            new WitnessActor(new ReachOptions(), _ursula.Id, _ursula.Signer, Random, link)));
    }

    private IActorRef Asker(Identity[] ursulas)
    {
        var link = Link();
        UrsulasFound found = new([.. ursulas.Index().Select(pair => new ServiceTarget(
            pair.Item.Id, pair.Item.VerifyingKey, pair.Item.EncryptingKey,
            new ServiceAddress("h", (ushort)(pair.Index + 1), default)))]);
        var scout = _world.Start(ActorProps.Of(() => new ScriptedActor([], _ => found)));
        var record = new NodeRecord(
            _node.VerifyingKey, _node.EncryptingKey, NodeCapabilities.Ursula, new NodeAddress(IPAddress.Loopback, 9),
            "127.0.0.1", 10, default);
        return _world.Start(ActorProps.Of(() =>
            new ReachActor(new ReachOptions(), record, _node.Signer, Random, scout, link)));
    }
}
