using System.Net.Sockets;
using LiteNetLib;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>One sender's way out through LiteNetLib.</summary>
internal sealed class UdpPath(NetManager manager, SendCounters counters) : IDatagramPath
{
    private readonly ReusedEndPoint _ipv4 = new(AddressFamily.InterNetwork);
    private readonly ReusedEndPoint _ipv6 = new(AddressFamily.InterNetworkV6);

    /// <inheritdoc/>
    public void Send(NodeAddress to, ReadOnlySpan<byte> datagram) =>
        counters.Count(to.IsUnicast && manager.SendUnconnectedMessage(datagram, (to.IsIPv4 ? _ipv4 : _ipv6).At(to)));
}
