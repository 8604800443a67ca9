using System.Net;
using System.Net.Sockets;
using LiteNetLib;
using NuCypher.P2P.Actors.Dispatching;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Takes datagrams from LiteNetLib, on its thread, and passes them on as they were on the wire.</summary>
internal sealed class UdpReceiver : INetEventListener
{
    private volatile IActorRef? _listener;
    private long _received;
    private long _cut;
    private long _unheard;
    private long _failures;

    /// <summary>Who gets what arrives.</summary>
    public IActorRef? Listener
    {
        set => _listener = value;
    }

    /// <summary>Who gets connections and control datagrams.</summary>
    public CallHub? Calls { private get; set; }

    /// <summary>Datagrams passed on.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Datagrams of the most bytes that are read: longer ones, most likely.</summary>
    public long Cut => Interlocked.Read(ref _cut);

    /// <summary>Datagrams that nobody listened for.</summary>
    public long Unheard => Interlocked.Read(ref _unheard);

    /// <summary>Errors of the socket.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <inheritdoc/>
    public void OnNetworkReceiveUnconnected(
        IPEndPoint remoteEndPoint, NetPacketReader reader, UnconnectedMessageType messageType)
    {
        if (RpcUdpLayer.TypeOf(reader.RawData[reader.UserDataOffset - 1]) == RpcUdpLayer.ControlType)
        {
            Calls?.Control(
                SocketAddresses.Read(remoteEndPoint),
                reader.RawData.AsSpan(reader.UserDataOffset - 1, reader.UserDataSize + 1).ToArray());
            return;
        }
        if (_listener is not { } listener)
        {
            Interlocked.Increment(ref _unheard);
            return;
        }
        var datagram = reader.RawData.AsSpan(reader.UserDataOffset - 1, reader.UserDataSize + 1).ToArray();
        datagram[0] = RpcUdpLayer.TypeOf(datagram[0]);
        Interlocked.Increment(ref _received);
        if (datagram.Length >= UdpEngine.MaxDatagramSize)
            Interlocked.Increment(ref _cut);
        InlineDispatcher.TellHere(listener, new DatagramReceived(SocketAddresses.Read(remoteEndPoint), datagram));
    }

    /// <inheritdoc/>
    public void OnNetworkError(IPEndPoint endPoint, SocketError socketError) => Interlocked.Increment(ref _failures);

    /// <inheritdoc/>
    public void OnConnectionRequest(ConnectionRequest request)
    {
        if (Calls is { } calls)
            calls.Request(request);
        else
            request.RejectForce();
    }

    /// <inheritdoc/>
    public void OnPeerConnected(NetPeer peer) => CallHub.Opened(peer);

    /// <inheritdoc/>
    public void OnPeerDisconnected(NetPeer peer, DisconnectInfo disconnectInfo) => Calls?.Closed(peer);

    /// <inheritdoc/>
    public void OnNetworkReceive(
        NetPeer peer, NetPacketReader reader, byte channelNumber, DeliveryMethod deliveryMethod) =>
        Calls?.Received(peer, reader.GetRemainingBytes());

    /// <inheritdoc/>
    public void OnNetworkLatencyUpdate(NetPeer peer, int latency)
    {
    }
}
