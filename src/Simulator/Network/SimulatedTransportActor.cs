using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A simulated node's transport: its datagrams leave from a host, and what arrives there goes to whoever listens, who
/// sends without a message each, as over UDP.
/// </summary>
public sealed class SimulatedTransportActor : UntypedActor
{
    private readonly SimulatedHost _host;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _read;

    /// <summary>The transport of a host.</summary>
    public SimulatedTransportActor(SimulatedHost host)
        : this(host, static datagram => datagram)
    {
    }

    internal SimulatedTransportActor(SimulatedHost host, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> read) =>
        (_host, _read) = (host, read);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is SendDatagram datagram)
            _host.Send(datagram.To, datagram.Bytes);
        else if (message is Listen)
            Listen(Sender);
        else
            Unhandled(message);
    }

    private void Listen(IActorRef listener)
    {
        _host.Receiver = (from, bytes) => listener.Tell(new DatagramReceived(from, _read(bytes)), ActorRefs.NoSender);
        listener.Tell(new Listening(new SimulatedPath(_host)), Self);
    }

    private sealed class SimulatedPath(SimulatedHost host) : IDatagramPath
    {
        public void Send(NodeAddress to, ReadOnlySpan<byte> datagram) => host.Send(to, datagram.ToArray());
    }
}
