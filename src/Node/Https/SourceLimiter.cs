using System.Net;
using System.Threading.RateLimiting;
using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Node.Https;

/// <summary>A token bucket per source address, in a fixed number of counters.</summary>
/// <remarks>
/// A keyed hash spreads addresses over the counters, so that a flood from many addresses costs no memory; an IPv6
/// source is its /64, because one customer has all of it.
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

    /// <summary>The counter of a source: 0 to <paramref name="counters"/> − 1; another one in each process.</summary>
    public static int CounterOf(IPAddress? address, int counters)
    {
        var hash = new HashCode();
        hash.AddBytes(SourceAddress.Of(address).GetAddressBytes());
        return (hash.ToHashCode() & int.MaxValue) % counters;
    }
}
