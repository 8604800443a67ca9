using NuCypher.P2P.Actors.Network;

namespace NuCypher.P2P.DhtBench;

/// <summary>Between Kademlia and its transport: some of what is sent never leaves.</summary>
internal sealed class LossyLinkActor : ReceiveActor
{
    /// <summary>A link.</summary>
    public LossyLinkActor(IActorRef transport, double loss, int seed)
    {
        var random = new Random(seed);
        IActorRef listener = ActorRefs.Nobody;
        Receive<Listen>(listen =>
        {
            listener = Sender;
            transport.Tell(listen);
        });
        Receive<SendDatagram>(datagram =>
        {
            if (random.NextDouble() >= loss)
                transport.Tell(datagram);
        });
        Receive<DatagramReceived>(datagram => listener.Tell(datagram));
    }
}
