using System.Net;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Mediation;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Mediation;

/// <summary>A node that calls, mediates or is called over a real UDP socket; what is behind the door is the
/// test's.</summary>
internal sealed class UdpParty
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system;
    private long _lastCall;

    private UdpParty(ActorSystem system, IActorRef transport, IActorRef calls, NodeAddress address) =>
        (_system, Transport, Calls, Address) = (system, transport, calls, address);

    public Identity Identity { get; private init; } = null!;

    public IActorRef Transport { get; }

    public IActorRef Calls { get; }

    public NodeAddress Address { get; }

    /// <summary>As the record of a mediator says it.</summary>
    public Mediator AsMediator => new(Identity.Id, Address);

    public static async Task<UdpParty> StartAsync(ActorSystem system, Identity? identity = null, IPAddress? host = null)
    {
        var random = new OperatingSystemRandom();
        var keys = identity ?? Identity.Random(random);
        var transport = system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));
        var bound = await transport.Ask<Bound>(new Bind(new NodeAddress(host ?? IPAddress.Loopback, 0)), Limit);
        var setup = new CallsSetup
        {
            Identity = keys,
            Transport = transport,
            Random = random,
            Choice = new UnpredictableRandom(),
        };
        var calls = system.ActorOf(ActorProps.Of(() => new CallsActor(setup)));
        return new UdpParty(system, transport, calls, bound.Address) { Identity = keys };
    }

    /// <summary>Has Kademlia on the same port; it answers whoever asks.</summary>
    public async Task JoinKademliaAsync()
    {
        var (id, transport) = (Identity.Id, Transport);
        var kademlia = _system.ActorOf(ActorProps.Of(() => new KademliaActor(
            id, new KademliaOptions(), RecordSignatures.Verify, new UnpredictableRandom(), transport)));
        await kademlia.Ask<Peers>(new GetPeers(), Limit);
        await CountersAsync(); // the transport knows who listens
    }

    /// <summary>Mediates, and serves who connects.</summary>
    public void OpenDoor(IActorRef ursula, IActorRef presence, IActorRef scout) =>
        Calls.Tell(new OpenDoors(ursula, presence, scout, null));

    /// <summary>Is behind a NAT, as far as it knows: looks for mediators where the scout says.</summary>
    public void BecomeGuest(IActorRef ursula, IActorRef presence, IActorRef scout) =>
        Calls.Tell(new OpenDoors(ursula, presence, scout, new NodeRecord(
            Identity.VerifyingKey, Identity.EncryptingKey, NodeCapabilities.None, Address, "", 0, default)));

    public Task<ServiceAnswer> CallAsync(
        UdpParty target, ServiceKind kind, byte[] body, TimeSpan timeLimit, params Mediator[] mediators)
    {
        var address = new ServiceAddress(target.Address.Address.ToString(), target.Address.Port, default)
        {
            Route = new MediatedRoute(target.Identity.Id, target.Identity.EncryptingKey, mediators),
        };
        return Calls.Ask<ServiceAnswer>(
            new ServiceCall(Interlocked.Increment(ref _lastCall), address, kind, body, timeLimit), Limit);
    }

    public Task<TransportCounters> CountersAsync() => Transport.Ask<TransportCounters>(new GetTransportCounters(),
        Limit);
}
