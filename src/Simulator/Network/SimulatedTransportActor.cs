using NuCypher.P2P.Actors.Network;

namespace NuCypher.P2P.Simulator;

/// <summary>A simulated node's transport: its datagrams leave from a host, and what arrives there goes to whoever listens.</summary>
public sealed class SimulatedTransportActor : ReceiveActor
{
    /// <summary>The transport of a host.</summary>
    public SimulatedTransportActor(SimulatedHost host)
        : this(host, Plants.None.Read)
    {
    }

    internal SimulatedTransportActor(SimulatedHost host, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> read)
    {
        Receive<SendDatagram>(datagram => host.Send(datagram.To, datagram.Bytes));
        Receive<Listen>(_ =>
        {
            var listener = Sender;
            host.Receiver = (from, bytes) => listener.Tell(new DatagramReceived(from, read(bytes)), ActorRefs.NoSender);
        });
    }
}
