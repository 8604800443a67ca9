using System.Net.Sockets;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Opens a socket for a moment to learn why none can be opened: LiteNetLib says only that.</summary>
internal static class UdpProbe
{
    /// <summary>Why an address can't be bound; null if it can.</summary>
    public static BindFailed? Try(NodeAddress address)
    {
        try
        {
            using var socket = new Socket(
                address.IsIPv4
                    ? AddressFamily.InterNetwork
                    : AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            socket.ExclusiveAddressUse = true;
            socket.Bind(address.ToIPEndPoint());
            return null;
        }
        catch (SocketException error)
        {
            return Explain(address, error);
        }
    }

    private static BindFailed Explain(NodeAddress address, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new(
            address, BindFailure.PortBusy,
            $"UDP {address} is in use by another program: stop that, or choose another port."),
        SocketError.AddressNotAvailable => new(
            address, BindFailure.NoSuchAddress,
            $"This machine has no address {address.Address}: choose one of its own, or 0.0.0.0 for all."),
        SocketError.AccessDenied => new(
            address, BindFailure.NotAllowed, $"The system does not allow UDP {address}: choose a port from 1024 on."),
        _ => new(address, BindFailure.Other, $"UDP {address} cannot be opened: {error.Message}."),
    };
}
