using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Sends and receives datagrams over one UDP socket: sends from the actor, receives on a thread of its own.</summary>
/// <remarks>Measured: blocking calls with raw socket addresses take a third of the time of asynchronous ones.</remarks>
public sealed class UdpTransportActor : ReceiveActor
{
    /// <summary>The mailbox that it needs: bounded, because strangers make a node send.</summary>
    public const string Mailbox = MailboxNames.Transport;

    private readonly UdpTransportOptions _options;
    private Socket? _socket;
    private SocketAddress? _destination;
    private UdpReceiver? _receiver;
    private IActorRef? _listener;
    private long _sent;
    private long _failures;

    /// <summary>A transport without a socket; <see cref="Bind"/> opens it.</summary>
    public UdpTransportActor(UdpTransportOptions options)
    {
        _options = options;
        Receive<SendDatagram>(Send);
        Receive<Bind>(bind => Sender.Tell(Open(bind.Address)));
        Receive<Listen>(_ => StartListening(Sender));
        Receive<GetTransportCounters>(_ => Sender.Tell(new TransportCounters(
            _sent, _failures, _receiver?.Received ?? 0, _receiver?.Oversized ?? 0, _receiver?.Unheard ?? 0, _receiver?.Failures ?? 0)));
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _socket?.Dispose();
        _receiver?.Join(_options.StopTimeout);
    }

    private void StartListening(IActorRef listener)
    {
        _listener = listener;
        if (_receiver is not null)
            _receiver.Listener = listener;
    }

    private object Open(NodeAddress address)
    {
        if (_socket is not null)
            return new BindFailed(address, BindFailure.AlreadyBound, "This transport is open already.");
        Socket? socket = null;
        try
        {
            socket = new Socket(address.IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            socket.ReceiveBufferSize = _options.ReceiveBufferSize;
            if (!address.IsIPv4)
                socket.DualMode = true;
            socket.Bind(address.ToIPEndPoint());
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return Explain(address, e);
        }
        _socket = socket;
        _destination = new SocketAddress(socket.AddressFamily);
        _receiver = new UdpReceiver(socket, _options.MaxDatagramSize, _listener);
        return new Bound(NodeAddress.From((IPEndPoint)socket.LocalEndPoint!));
    }

    private void Send(SendDatagram datagram)
    {
        if (TrySend(datagram))
            _sent++;
        else
            _failures++;
    }

    private bool TrySend(SendDatagram datagram)
    {
        if (_socket is null || !SocketAddresses.TryWrite(datagram.To, _destination!))
            return false;
        try
        {
            return _socket.SendTo(datagram.Bytes.Span, SocketFlags.None, _destination!) == datagram.Bytes.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static BindFailed Explain(NodeAddress address, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new(
            address, BindFailure.PortBusy, $"UDP {address} is in use by another program: stop that, or choose another port."),
        SocketError.AddressNotAvailable => new(
            address, BindFailure.NoSuchAddress, $"This machine has no address {address.Address}: choose one of its own, or 0.0.0.0 for all."),
        SocketError.AccessDenied => new(
            address, BindFailure.NotAllowed, $"The system does not allow UDP {address}: choose a port from 1024 on."),
        _ => new(address, BindFailure.Other, $"UDP {address} cannot be opened: {error.Message}."),
    };
}
