using System.Net;
using System.Net.Sockets;

namespace NuCypher.P2P.Actors.Links;

/// <summary>Whom an address counts for where shares are counted.</summary>
public static class SourceAddress
{
    /// <summary>The address itself; of an IPv6 address the /64, because one customer has all of it.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
            return address ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
