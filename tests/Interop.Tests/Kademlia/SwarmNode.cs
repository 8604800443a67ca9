using System.Net;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Interop.Tests.Kademlia;

/// <summary>A C# node on a socket of the loopback interface.</summary>
internal sealed class SwarmNode
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private SwarmNode(NodeId id, IActorRef kademlia, NodeAddress address) =>
        (Id, Kademlia, Address) = (id, kademlia, address);

    public NodeId Id { get; }

    public NodeAddress Address { get; }

    private IActorRef Kademlia { get; }

    public static async Task<SwarmNode> StartAsync(ActorSystem system, KademliaOptions options, NodeId? id = null)
    {
        var self = id ?? NodeId.Random(new UnpredictableRandom());
        var transport = system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));
        var kademlia = system.ActorOf(ActorProps.Of(
            () => new KademliaActor(self, options, RecordSignatures.Verify, new UnpredictableRandom(), transport)));
        var bound = await transport.Ask<Bound>(new Bind(new NodeAddress(IPAddress.Loopback, 0)), Limit);
        return new SwarmNode(self, kademlia, bound.Address);
    }

    /// <summary>Starts nodes that join through the first.</summary>
    public static async Task<SwarmNode[]> StartSwarmAsync(
        ActorSystem system, int count, KademliaOptions options, NodeId? firstId = null)
    {
        var nodes = new List<SwarmNode> { await StartAsync(system, options, firstId) };
        while (nodes.Count < count)
        {
            nodes.Add(await StartAsync(system, options));
            Assert.IsType<Joined>(await nodes[^1].AskAsync(new Join(1, [nodes[0].Address])));
            await nodes[^1].AskAsync(new FindClosest(2, nodes[^1].Id)); // it has looked around
        }
        return [.. nodes];
    }

    public async Task<DhtOutcome> AskAsync(KademliaRequest request) =>
        (await Kademlia.Ask<KademliaReply>(request, Limit)).Outcome;

    public Task<Peers> PeersAsync() => Kademlia.Ask<Peers>(new GetPeers(), Limit);
}
