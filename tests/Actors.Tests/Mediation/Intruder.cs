using System.Net;
using LiteNetLib;
using LiteNetLib.Layers;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Tests.Mediation;

/// <summary>
/// Somebody with LiteNetLib who knows how this project's port speaks, and changes what he sends as he likes.
/// </summary>
internal sealed class Intruder : IDisposable
{
    private readonly NetManager _manager;
    private readonly Wire _wire = new();
    private readonly TaskCompletionSource _in = New();
    private readonly TaskCompletionSource<DisconnectReason> _out =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes a port of one of this machine's addresses.</summary>
    public Intruder(IPAddress host)
    {
        var listener = new EventBasedNetListener();
        listener.PeerConnectedEvent += _ => _in.TrySetResult();
        listener.PeerDisconnectedEvent += (_, info) => _out.TrySetResult(info.Reason);
        _manager = new NetManager(listener, _wire) { IPv6Enabled = false, UnsyncedEvents = true, UpdateTime = 5 };
        Assert.True(_manager.Start(host, IPAddress.IPv6Loopback, 0));
        Address = new NodeAddress(host, (ushort)_manager.LocalPort);
    }

    public NodeAddress Address { get; }

    /// <summary>Ends when he was let in.</summary>
    public Task IsIn => _in.Task;

    /// <summary>Ends when he is out, or never came in.</summary>
    public Task<DisconnectReason> IsOut => _out.Task;

    /// <summary>Changes a datagram just before it is sent.</summary>
    public Action<byte[], int, int> Change
    {
        set => _wire.Change = value;
    }

    public void Connect(NodeAddress to, ReadOnlyMemory<byte> token) => _manager.Connect(to.ToIPEndPoint(), token.Span);

    public void Send(byte[] message, DeliveryMethod method)
    {
        _manager.SendToAll(message, method);
        _manager.TriggerUpdate();
    }

    public void Dispose() => _manager.Stop();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The same changes of first bytes as the node's: without them no packet of a connection comes
    /// in.</summary>
    private sealed class Wire() : PacketLayerBase(0)
    {
        private const int MovedBy = 29;
        private const int PropertyBits = 31;

        public Action<byte[], int, int>? Change { private get; set; }

        public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
        {
            if ((data[0] & PropertyBits) is 29 or 30)
                data[0] -= MovedBy;
        }

        public override void ProcessOutBoundPacket(
            ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
        {
            if ((data[offset] & PropertyBits) <= 1)
                data[offset] += MovedBy;
            Change?.Invoke(data, offset, length);
        }
    }
}
