using System.Net;
using System.Net.Sockets;
using LiteNetLib;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// One UDP port, run by LiteNetLib: rpcudp datagrams come and go bare; connections only once somebody listens for
/// calls.
/// </summary>
/// <remarks>
/// LiteNetLib receives on a thread of its own, on which <see cref="Receiver"/> passes datagrams on; a second one looks
/// after connections and sleeps while there are none. Its faster native sockets are off: a signal while they wait ends
/// their thread for good.
/// </remarks>
internal sealed class UdpEngine
{
    /// <summary>
    /// The most that LiteNetLib reads of a datagram; of a longer one the rest is lost, without a sign of it.
    /// </summary>
    public const int MaxDatagramSize = 1432;

    /// <summary>How long LiteNetLib's second thread sleeps while there is no connection, in milliseconds.</summary>
    public const int SleepMilliseconds = 1000;

    private const int TriesForBothFamilies = 8;
    private const int PooledPackets = 8;
    private const int MaxFragments = 16;

    private readonly RpcUdpLayer _layer = new();
    private readonly Manager _manager;
    private readonly SendCounters _sends = new();

    /// <summary>An engine without a socket.</summary>
    public UdpEngine()
    {
        _manager = new Manager(Receiver, _layer)
        {
            UnconnectedMessagesEnabled = true,
            UnsyncedEvents = true,
            UnsyncedReceiveEvent = true,
            AutoRecycle = true,
            UpdateTime = SleepMilliseconds,
            ReceivePollingTime = 1000 * SleepMilliseconds,
            PacketPoolSize = PooledPackets,
            MaxFragmentsCount = MaxFragments,
            ReconnectDelay = CallLimits.ConnectDelay,
            MaxConnectAttempts = CallLimits.ConnectTries,
            DisconnectTimeout = CallLimits.SilenceTime,
        };
        Calls = new CallHub(_manager, _layer, _sends);
        Receiver.Calls = Calls;
    }

    /// <summary>Connections and control datagrams.</summary>
    public CallHub Calls { get; }

    /// <summary>Takes what arrives.</summary>
    public UdpReceiver Receiver { get; } = new();

    /// <summary>What was counted since the start.</summary>
    public TransportCounters Counters => new(
        _sends.Sent, _sends.Failures, Receiver.Received, Receiver.Cut, Receiver.Unheard, _layer.Foreign,
        Receiver.Failures);

    /// <summary>Opens the socket, for <c>[::]</c> and other addresses of IPv6 a second one on the same port.</summary>
    /// <param name="address">
    /// Port 0 lets the system choose. <c>[::]</c> takes IPv4 too, and is 0.0.0.0 where the machine has no IPv6; beside
    /// another address of IPv6 only this machine itself is heard over IPv4.
    /// </param>
    /// <returns><see cref="Bound"/> or <see cref="BindFailed"/>.</returns>
    public object Open(NodeAddress address)
    {
        if (!Socket.OSSupportsIPv6 && address.Address.Equals(IPAddress.IPv6Any))
            address = new NodeAddress(IPAddress.Any, address.Port);
        var other = address.IsIPv4 ? address : new NodeAddress(Beside(address), address.Port);
        if ((UdpProbe.Try(address) ?? UdpProbe.Try(other)) is { } failed)
            return failed;
        for (var tries = 0; tries < TriesForBothFamilies; tries++)
        {
            if (_manager.TryOpen(address, other) is { } bound)
                return new Bound(bound);
        }
        return UdpProbe.Try(address) ?? new BindFailed(address, BindFailure.Other, $"UDP {address} cannot be opened.");
    }

    /// <summary>
    /// A way out for one more sender; while the socket is not open, what is sent on it is lost and counted.
    /// </summary>
    public IDatagramPath NewPath() => new UdpPath(_manager, _sends);

    /// <summary>Closes the socket, and waits for the thread that receives.</summary>
    public void Close() => _manager.Close();

    private static IPAddress Beside(NodeAddress ipv6) =>
        ipv6.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Any : IPAddress.Loopback;

    private sealed class Manager : NetManager
    {
        static Manager() => NetDebug.Logger = new SilentNetLog();

        public Manager(INetEventListener listener, RpcUdpLayer layer)
            : base(listener, layer)
        {
        }

        /// <summary>Opens the sockets; where they are, or null if one of them is not to be had.</summary>
        public NodeAddress? TryOpen(NodeAddress address, NodeAddress ipv4)
        {
            IPv6Enabled = !address.IsIPv4;
            if (!Start(ipv4.Address, address.IsIPv4 ? IPAddress.IPv6Any : address.Address, address.Port))
            {
                _udpSocketv4.Dispose();
                return null;
            }
            var bound = new NodeAddress(address.Address, (ushort)LocalPort);
            // LiteNetLib goes on in silence without the second socket: if somebody can take its place, it is not there.
            if (!bound.IsIPv4 && UdpProbe.Try(bound) is null)
            {
                Close();
                return null;
            }
            // as before LiteNetLib: a path of a smaller MTU is no reason to lose a datagram
            _udpSocketv4.DontFragment = false;
            // else an address in an answer could make a node shout at its whole network
            _udpSocketv4.EnableBroadcast = false;
            return bound;
        }

        /// <summary>Ends the threads and closes the sockets.</summary>
        public void Close()
        {
            if (!IsRunning)
                return;
            try
            {
                _udpSocketv4.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // Not connected, of course; but who waits for a datagram is woken, and needs no second for it.
            }
            Stop();
        }
    }
}
