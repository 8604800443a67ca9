using System.Net;
using LiteNetLib;
using LiteNetLib.Layers;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// Makes rpcudp datagrams LiteNetLib's unconnected messages and back, so that they are bare on the wire; keeps
/// everything from LiteNetLib that it need not see.
/// </summary>
/// <remarks>
/// LiteNetLib's first byte holds a property in its low five bits; the next two number a connection, which an
/// unconnected message has not: they keep rpcudp's type, or 2 for a control datagram, which begins so on the wire too.
/// Two properties begin like rpcudp's datagrams and travel as others that do not exist. Of strangers only requests to
/// connect that bring a token are let in, and only once somebody listens for calls; of connections only what they
/// need. A datagram of any other kind becomes a property that does not exist, which LiteNetLib drops without an
/// answer, before it looks at a connection, and puts back into its pool.
/// </remarks>
internal sealed class RpcUdpLayer() : PacketLayerBase(0)
{
    /// <summary>The type of control datagrams.</summary>
    public const byte ControlType = 2;

    /// <summary>The first byte of a control datagram.</summary>
    public const byte ControlByte = (ControlType << TypeShift) | UnconnectedMessage;

    private const byte UnconnectedMessage = 9;
    private const byte ConnectRequest = 6;
    private const byte LastOwn = 1;
    private const byte Channeled = 1;
    private const byte MovedBy = 29;
    private const byte NoProperty = 31;
    private const byte PropertyBits = 31;
    private const int TypeShift = 5;
    private const byte LastType = 1;

    // ReliableMerged, Ack, Ping, Pong, ConnectRequest, ConnectAccept, Disconnect, Merged, ShutdownOk, PeerNotFound
    private const uint OfConnections = (1 << 2) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7) | (1 << 8)
        | (1 << 13) | (1 << 14) | (1 << 15);

    private const int AddressSizeOffset = 17;
    private const int ConnectHeaderSize = 18;

    private volatile bool _hearsCalls;
    private long _foreign;

    /// <summary>Datagrams that were let in nowhere.</summary>
    public long Foreign => Interlocked.Read(ref _foreign);

    /// <summary>Whether somebody listens for control datagrams and connections.</summary>
    public bool HearsCalls
    {
        get => _hearsCalls;
        set => _hearsCalls = value;
    }

    private static ReadOnlySpan<byte> TokenBrand => "CnTk"u8;

    /// <summary>The type of an rpcudp or control datagram, from the byte in which the layer kept it.</summary>
    public static byte TypeOf(byte header) => (byte)(header >> TypeShift);

    /// <inheritdoc/>
    public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
    {
        if (data[0] <= LastType)
        {
            data[0] = (byte)((data[0] << TypeShift) | UnconnectedMessage);
            return;
        }
        var property = (byte)(data[0] & PropertyBits);
        if (_hearsCalls && data[0] == ControlByte)
            return;
        if (_hearsCalls && endPoint is LiteNetPeer { Tag: CallPeer peer } && IsOfConnections(property)
            && peer.MayReceive(length))
        {
            if (property == Channeled + MovedBy)
                data[0] = (byte)((data[0] & ~PropertyBits) | Channeled);
            return;
        }
        if (_hearsCalls && endPoint is not LiteNetPeer { Tag: CallPeer } && property == ConnectRequest
            && BringsToken(data.AsSpan(0, length)))
            return;
        Interlocked.Increment(ref _foreign);
        data[0] = NoProperty;
    }

    /// <inheritdoc/>
    public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
    {
        var property = data[offset] & PropertyBits;
        if (property == UnconnectedMessage)
        {
            offset++;
            length--;
        }
        else if (property <= LastOwn)
        {
            data[offset] = (byte)(data[offset] + MovedBy); // the other bits stay: 29 and 30 fit
        }
    }

    private static bool IsOfConnections(byte property) =>
        property == Channeled + MovedBy || ((OfConnections >> property) & 1) != 0;

    private static bool BringsToken(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < ConnectHeaderSize || datagram[AddressSizeOffset] is not (16 or 28))
            return false;
        var token = ConnectHeaderSize + datagram[AddressSizeOffset];
        return datagram.Length > token && datagram[token..].StartsWith(TokenBrand);
    }
}
