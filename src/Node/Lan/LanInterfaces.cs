using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace NuCypher.P2P.Node.Lan;

/// <summary>Where this machine is on local networks: the IPv4 addresses of interfaces that are up and take
/// multicast.</summary>
internal static class LanInterfaces
{
    private const int MaxAddresses = 16;

    /// <summary>At most 16 addresses.</summary>
    public static IReadOnlyList<IPAddress> Addresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.SupportsMulticast && i.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a))
            .Distinct().Take(MaxAddresses),
    ];
}
