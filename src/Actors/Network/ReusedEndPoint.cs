using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>An end point of one family that is aimed anew before each datagram, so that none is made for it.</summary>
/// <remarks>
/// LiteNetLib asks a destination for nothing but its family and its raw form. Not for two threads at once.
/// </remarks>
internal sealed class ReusedEndPoint(AddressFamily family) : IPEndPoint(0, 0)
{
    private readonly SocketAddress _raw = new(family);

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => family;

    /// <summary>Writes an address of this end point's family into it.</summary>
    public IPEndPoint At(NodeAddress address)
    {
        SocketAddresses.Write(address, _raw);
        return this;
    }

    /// <inheritdoc/>
    public override SocketAddress Serialize() => _raw;
}
