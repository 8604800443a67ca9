using System.Buffers.Binary;
using System.Net;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Between a socket's addresses and ours.</summary>
internal static class SocketAddresses
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    /// <summary>Reads an end point without a heap object.</summary>
    public static NodeAddress Read(IPEndPoint source)
    {
        Span<byte> bytes = stackalloc byte[16];
        source.Address.TryWriteBytes(bytes, out var length);
        return new NodeAddress(bytes[..length], (ushort)source.Port);
    }

    /// <summary>Writes an address into the raw form of its own family.</summary>
    public static void Write(NodeAddress address, SocketAddress destination)
    {
        var bytes = destination.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], address.Port);
        address.WriteAddress(address.IsIPv4 ? bytes.Slice(IPv4Offset, 4) : bytes.Slice(IPv6Offset, 16));
    }
}
