using System.Net;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Dispatching;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.DhtBench;

/// <summary>
/// One node's subtree: a transport on a loopback port, Kademlia, and between them a lossy link where that is asked for.
/// </summary>
internal sealed class MachineActor : ReceiveActor
{
    private static readonly KademliaOptions Options = new() { AcceptPlain = true };

    private readonly IActorRef _transport;
    private readonly IActorRef _kademlia;
    private IActorRef _asker = ActorRefs.Nobody;

    /// <summary>A node that opens its socket at <see cref="Open"/>.</summary>
    /// <param name="loss">The share of datagrams that vanish; 0 for a link without loss.</param>
    /// <param name="seed">Of the losses.</param>
    public MachineActor(double loss, int seed)
    {
        var random = new UnpredictableRandom();
        _transport = Context.ActorOf(ActorProps.Of(() => new UdpTransportActor())
            .WithMailbox(UdpTransportActor.Mailbox), "udp");
        var link = loss > 0
            ? Context.ActorOf(ActorProps.Of(() => new LossyLinkActor(_transport, loss, seed)), "link")
            : _transport;
        var id = NodeId.Random(random);
        _kademlia = Context.ActorOf(
            ActorProps.Of(() => new KademliaActor(id, Options, (_, _, _) => false, random, link))
            .WithMailbox(MailboxNames.Kademlia).WithDispatcher(InlineDispatcher.Name), "kademlia");
        Receive<Open>(_ =>
        {
            _asker = Sender;
            _transport.Tell(new Bind(new NodeAddress(IPAddress.Loopback, 0)));
        });
        Receive<Bound>(bound => _asker.Tell(new BenchNode(Self, _transport, _kademlia, bound.Address)));
        Receive<BindFailed>(failed => _asker.Tell(new Status.Failure(new InvalidOperationException(failed.Message))));
    }

    /// <summary>Answered with the <see cref="BenchNode"/>.</summary>
    public sealed record Open;
}
