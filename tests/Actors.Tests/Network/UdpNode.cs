using System.Net;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Tests.Network;

/// <summary>A Kademlia node on a real UDP socket of the loopback interface.</summary>
internal sealed class UdpNode
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private UdpNode(NodeId id, IActorRef transport, IActorRef kademlia, NodeAddress address) =>
        (Id, Transport, Kademlia, Address) = (id, transport, kademlia, address);

    public NodeId Id { get; }

    public IActorRef Transport { get; }

    public IActorRef Kademlia { get; }

    public NodeAddress Address { get; }

    public static async Task<UdpNode> StartAsync(
        ActorSystem system, NodeId id, KademliaOptions? options = null, Func<IActorRef, Props>? relay = null)
    {
        var transport = system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));
        var between = relay is null ? transport : system.ActorOf(relay(transport));
        var kademlia = system.ActorOf(ActorProps.Of(() => new KademliaActor(
            id, options ?? new KademliaOptions(), RecordSignatures.Verify, new UnpredictableRandom(), between)));
        var bound = await transport.Ask<object>(new Bind(new NodeAddress(IPAddress.Loopback, 0)), Limit);
        return new UdpNode(id, transport, kademlia, Assert.IsType<Bound>(bound).Address);
    }

    public async Task<DhtOutcome> AskAsync(KademliaRequest request) =>
        (await Kademlia.Ask<KademliaReply>(request, TimeSpan.FromSeconds(60))).Outcome;

    public Task<DhtOutcome> JoinAsync(params NodeAddress[] seeds) => AskAsync(new Join(1, seeds));

    public Task<Peers> PeersAsync() => Kademlia.Ask<Peers>(new GetPeers(), Limit);
}
