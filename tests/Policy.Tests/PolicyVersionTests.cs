using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class PolicyVersionTests
{
    [Fact]
    public void Next_ClockStandsStillOrGoesBack_IsHigherStill()
    {
        var first = PolicyVersion.Next(null, Cast.Now);

        Assert.Equal(Cast.Now, first.IssuedAt);
        Assert.True(PolicyVersion.Next(first, Cast.Now) > first);
        Assert.True(PolicyVersion.Next(first, Cast.Now.AddDays(-1)) > first);
        Assert.Equal(Cast.Now.AddDays(1), PolicyVersion.Next(first, Cast.Now.AddDays(1)).IssuedAt);
    }
}
