using System.Net;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class SourceLimiterTests
{
    [Fact]
    public void CounterOf_ManyAddresses_AreSpreadOverTheCounters()
    {
        var counters = Enumerable.Range(0, 10_000).Select(i => SourceLimiter.CounterOf(new IPAddress(i), 64)).ToList();

        Assert.All(counters, c => Assert.InRange(c, 0, 63));
        Assert.Equal(64, counters.Distinct().Count());
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    public void CounterOf_OneSource_IsOneCounter(string one, string other)
    {
        Assert.Equal(
            SourceLimiter.CounterOf(IPAddress.Parse(one), 4_096),
            SourceLimiter.CounterOf(IPAddress.Parse(other), 4_096));
    }
}
