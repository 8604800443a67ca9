using System.Net;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Mediation;

/// <summary>A mediator, its guest and a caller on loopback; an echo is behind both doors.</summary>
public sealed class UdpTrio : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("calls");

    internal UdpParty Mediator { get; private set; } = null!;

    internal UdpParty Guest { get; private set; } = null!;

    internal UdpParty Caller { get; private set; } = null!;

    /// <summary>What the guest says about itself.</summary>
    internal NodeRecord Described { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Mediator, Guest, Caller) =
            (await UdpParty.StartAsync(_system), await UdpParty.StartAsync(_system), await UdpParty.StartAsync(
                _system));
        var (none, described) = (new TaskCompletionSource<NodeRecord>(), new TaskCompletionSource<NodeRecord>());
        var ursula = _system.ActorOf(ActorProps.Of(() => new EchoUrsula()));
        var scout = _system.ActorOf(ActorProps.Of(() => new Scout(TargetOf(Mediator))));
        Mediator.OpenDoor(ursula, _system.ActorOf(ActorProps.Of(() => new Presence(none))), scout);
        Guest.BecomeGuest(ursula, _system.ActorOf(ActorProps.Of(() => new Presence(described))), scout);
        Described = await described.Task.WaitAsync(UdpParty.Limit);
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    /// <summary>One who has no connection yet.</summary>
    internal Task<UdpParty> NewCallerAsync() => UdpParty.StartAsync(_system);

    private static ServiceTarget TargetOf(UdpParty mediator) => new(
        mediator.Identity.Id, mediator.Identity.VerifyingKey, mediator.Identity.EncryptingKey,
        new ServiceAddress("127.0.0.1", 1, default))
    {
        Kademlia = mediator.Address,
    };

    private sealed class Presence : ReceiveActor
    {
        public Presence(TaskCompletionSource<NodeRecord> described)
        {
            var keys = Identity.Random(new OperatingSystemRandom());
            var node = new NodeRecord(
                keys.VerifyingKey, keys.EncryptingKey, NodeCapabilities.None, new NodeAddress(IPAddress.Loopback, 1),
                    "", 0, default);
            Receive<Describe>(describe => described.TrySetResult(describe.Change(node)));
            Receive<ServiceRequest>(_ => Sender.Tell(new ServiceReply(ServiceStatus.Ok, default)));
        }
    }

    private sealed class Scout : ReceiveActor
    {
        public Scout(ServiceTarget mediator) => Receive<FindUrsulas>(_ => Sender.Tell(new UrsulasFound([mediator])));
    }
}
