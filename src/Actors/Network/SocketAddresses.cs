using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Between a socket's raw address and ours, without a heap object.</summary>
internal static class SocketAddresses
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    public static NodeAddress Read(SocketAddress source)
    {
        var bytes = source.Buffer.Span;
        var address = source.Family == AddressFamily.InterNetwork ? bytes.Slice(IPv4Offset, 4) : bytes.Slice(IPv6Offset, 16);
        return new NodeAddress(address, BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..]));
    }

    /// <summary>Writes an address; false if an IPv4 socket cannot send there.</summary>
    public static bool TryWrite(NodeAddress address, SocketAddress destination)
    {
        var isIPv4 = destination.Family == AddressFamily.InterNetwork;
        if (isIPv4 && !address.IsIPv4)
            return false;
        var bytes = destination.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], address.Port);
        address.WriteAddress(isIPv4 ? bytes.Slice(IPv4Offset, 4) : bytes.Slice(IPv6Offset, 16));
        return true;
    }
}
