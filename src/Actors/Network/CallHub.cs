using System.Buffers.Binary;
using LiteNetLib;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>The connections of one port: lets in who shows a token, connects to others, passes on what they
/// send.</summary>
/// <remarks>
/// What LiteNetLib says comes on its receiving thread, or on the one that looks after connections. Limits are
/// <see cref="CallLimits"/>; whoever fills the table keeps no newcomer out (<see cref="ConnectionTable"/>).
/// </remarks>
internal sealed class CallHub(NetManager manager, RpcUdpLayer layer, SendCounters counters) : ICallPath
{
    private readonly ConnectionTable _table = new(CallLimits.Connections, CallLimits.ConnectionsPerHost);
    private readonly UdpPath _path = new(manager, counters);
    private readonly Lock _lock = new();
    private readonly HashSet<CallPeer> _peers = [];
    private IActorRef? _listener;
    private Func<NodeAddress, ReadOnlyMemory<byte>, bool>? _admits;

    /// <inheritdoc/>
    public Func<NodeAddress, ReadOnlyMemory<byte>, bool>? Admits
    {
        set => _admits = value;
    }

    /// <summary>How many connections there are, or are under way.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _peers.Count;
        }
    }

    /// <summary>Lets control datagrams and connections in from now on.</summary>
    public void ListenWith(IActorRef listener)
    {
        _listener = listener;
        layer.HearsCalls = true;
    }

    /// <inheritdoc/>
    public void SendControl(NodeAddress to, ReadOnlySpan<byte> bytes)
    {
        Span<byte> datagram = stackalloc byte[1 + bytes.Length];
        datagram[0] = RpcUdpLayer.ControlByte;
        bytes.CopyTo(datagram[1..]);
        lock (_path)
            _path.Send(to, datagram);
    }

    /// <inheritdoc/>
    public ICallPeer? Connect(NodeAddress to, ReadOnlySpan<byte> token, IActorRef owner)
    {
        var peer = new CallPeer(to, owner);
        lock (_lock)
        {
            if (!manager.IsRunning || !to.IsUnicast || _peers.Any(other => other.Address == to))
                return null;
            _peers.Add(peer);
            Hurry();
            // LiteNetLib's thread says nothing of it before the other side has answered, and that is let in by its tag
            if (manager.Connect(to.ToIPEndPoint(), token) is { } connecting)
            {
                connecting.Tag = peer;
                peer.Peer = connecting;
                return peer;
            }
            Forget(peer);
            return null;
        }
    }

    /// <inheritdoc/>
    public void CloseIdle()
    {
        lock (_lock)
        {
            foreach (var peer in _peers.Where(peer => peer.Owner is null && peer.LookWhetherIdle()).ToList())
                peer.Close();
        }
    }

    /// <summary>A control datagram arrived.</summary>
    public void Control(NodeAddress from, byte[] datagram) =>
        _listener?.Tell(new ControlReceived(from, datagram.AsMemory(1)));

    /// <summary>Somebody wants to connect.</summary>
    public void Request(ConnectionRequest request)
    {
        var from = SocketAddresses.Read(request.RemoteEndPoint);
        if (_admits is not { } admits || !admits(from, request.Data.GetRemainingBytes()))
        {
            request.RejectForce();
            return;
        }
        var peer = new CallPeer(from, null);
        peer.Seat = new ConnectionSeat(from.Address, peer.Close);
        if (!_table.TryEnter(peer.Seat) || request.Accept() is not { } accepted)
        {
            _table.Leave(peer.Seat);
            request.RejectForce();
            return;
        }
        accepted.Tag = peer;
        peer.Peer = accepted;
        lock (_lock)
        {
            _peers.Add(peer);
            Hurry();
        }
    }

    /// <summary>The other side let us in.</summary>
    public static void Opened(LiteNetPeer peer)
    {
        if (peer.Tag is CallPeer { Owner: { } owner } call)
            owner.Tell(new PeerOpened(call));
    }

    /// <summary>A connection is over.</summary>
    public void Closed(LiteNetPeer peer)
    {
        if (peer.Tag is not CallPeer call)
            return;
        lock (_lock)
            Forget(call);
        if (call.Seat is { } seat)
            _table.Leave(seat);
        call.Owner?.Tell(new PeerClosed(call));
    }

    /// <summary>A message arrived.</summary>
    public void Received(LiteNetPeer peer, ReadOnlyMemory<byte> message)
    {
        if (peer.Tag is not CallPeer call)
            return;
        if (message.Length < CallPeer.NumberSize || !call.MayDeliver())
        {
            if (call.Owner is not null || message.Length < CallPeer.NumberSize)
                call.Close(); // it does not keep to the protocol
            return;
        }
        var (number, bytes) =
            (BinaryPrimitives.ReadInt64BigEndian(message.Span), message[CallPeer.NumberSize..]);
        if (call.Owner is { } owner)
            owner.Tell(new ReplyReceived(call, number, bytes));
        else
            _listener?.Tell(new CallReceived(call, number, bytes));
    }

    // There are connections to look after: often from now on.
    private void Hurry()
    {
        manager.UpdateTime = CallLimits.UpdateTime;
        manager.TriggerUpdate();
    }

    private void Forget(CallPeer peer)
    {
        _peers.Remove(peer);
        if (_peers.Count == 0)
            manager.UpdateTime = UdpEngine.SleepMilliseconds;
    }
}
