using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// Counts the holders of a grant that one party may control together: on one host, on one network of 24 bits (IPv4) or
/// 56 (IPv6), or behind one certificate. Fewer than a threshold of them may hold kfrags.
/// </summary>
/// <param name="threshold">Of the grant; with 1 there is nothing to protect, for each holder can serve Bob
/// alone.</param>
/// <param name="exemptLoopback">Whether loopback addresses count as different hosts.</param>
internal sealed class SharedFate(int threshold, bool exemptLoopback)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Whether one more at these places leaves fewer than a threshold at each.</summary>
    public bool Allows(ServiceTarget target) =>
        threshold == 1 || KeysOf(target).All(key => _counts.GetValueOrDefault(key) + 1 < threshold);

    public void Add(ServiceTarget target)
    {
        foreach (var key in KeysOf(target))
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    public void Remove(ServiceTarget target)
    {
        foreach (var key in KeysOf(target))
            _counts[key]--;
    }

    private IEnumerable<string> KeysOf(ServiceTarget target)
    {
        var isAddress = IPAddress.TryParse(target.Address.Host, out var host);
        IEnumerable<string> keys =
        [
            $"pin {target.Address.CertificatePin}",
            .. isAddress ? NetsOf(host!) : [$"name {target.Address.Host.ToUpperInvariant()}"],
        ];
        return keys.Concat(target.Udp is null ? [] : NetsOf(target.Udp)).Distinct(StringComparer.Ordinal);
    }

    private IEnumerable<string> NetsOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (exemptLoopback && IPAddress.IsLoopback(plain))
            return [];
        var bytes = plain.GetAddressBytes();
        var net = bytes[..(plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 7)];
        return [$"host {Convert.ToHexString(bytes)}", $"net {Convert.ToHexString(net)}"];
    }
}
