using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace NuCypher.P2P.Node.Https;

/// <summary>A token bucket per source address, in a fixed number of counters.</summary>
/// <remarks>
/// A keyed hash spreads addresses over the counters, so that a flood from many addresses costs no memory; an IPv6 source
/// is its /64, because one customer has all of it.
/// </remarks>
internal static class SourceLimiter
{
    /// <summary>The limiter of a server.</summary>
    public static PartitionedRateLimiter<HttpContext> Create(HttpsOptions options)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestBurst,
            TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<HttpContext, int>(context => RateLimitPartition.GetTokenBucketLimiter(
            CounterOf(context.Connection.RemoteIpAddress, options.SourceCounters), _ => bucket));
    }

    private static int CounterOf(IPAddress? address, int counters)
    {
        var source = address ?? IPAddress.None;
        var bytes = (source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source).GetAddressBytes();
        var hash = new HashCode();
        hash.AddBytes(bytes.AsSpan(0, source.AddressFamily == AddressFamily.InterNetworkV6 && bytes.Length == 16 ? 8 : bytes.Length));
        return (int)((uint)hash.ToHashCode() % (uint)counters);
    }
}
