using System.Net;
using LiteNetLib.Layers;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// Makes rpcudp datagrams LiteNetLib's unconnected messages and back, so that they are bare on the wire; lets nothing
/// else in.
/// </summary>
/// <remarks>
/// LiteNetLib's first byte holds a property in its low five bits; the next two number a connection, which an
/// unconnected message has not: they keep rpcudp's type. A datagram of any other kind becomes a property that does not
/// exist, which LiteNetLib drops without an answer, before it looks at a connection, and puts back into its pool.
/// </remarks>
internal sealed class RpcUdpLayer() : PacketLayerBase(0)
{
    private const byte UnconnectedMessage = 9;
    private const byte NoProperty = 31;
    private const byte PropertyBits = 31;
    private const int TypeShift = 5;
    private const byte LastType = 1;

    private long _foreign;

    /// <summary>Datagrams that were not rpcudp's.</summary>
    public long Foreign => Interlocked.Read(ref _foreign);

    /// <summary>The type of an rpcudp datagram, from the byte in which the layer kept it.</summary>
    public static byte TypeOf(byte header) => (byte)(header >> TypeShift);

    /// <inheritdoc/>
    public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
    {
        if (data[0] <= LastType)
        {
            data[0] = (byte)((data[0] << TypeShift) | UnconnectedMessage);
            return;
        }
        Interlocked.Increment(ref _foreign);
        data[0] = NoProperty;
    }

    /// <inheritdoc/>
    public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
    {
        if ((data[offset] & PropertyBits) != UnconnectedMessage)
            return;
        offset++;
        length--;
    }
}
