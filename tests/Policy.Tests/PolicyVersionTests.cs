using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class PolicyVersionTests
{
    [Fact]
    public void Next_ClockStandsStillOrGoesBack_IsHigherStill()
    {
        var first = PolicyVersion.Next(null, Cast.Now);

        Assert.Equal((ulong)Cast.Now.ToUnixTimeMilliseconds(), first.Number);
        Assert.True(PolicyVersion.Next(first, Cast.Now) > first);
        Assert.True(PolicyVersion.Next(first, Cast.Now.AddDays(-1)) > first);
        Assert.Equal(new PolicyVersion(Cast.Now.AddDays(1)), PolicyVersion.Next(first, Cast.Now.AddDays(1)));
    }

    [Fact]
    public void Next_ClockAtEitherEndOfItsRange_LeavesRoomForMore()
    {
        var last = PolicyVersion.Next(null, DateTimeOffset.MaxValue);

        Assert.Equal(last.Number + 1, PolicyVersion.Next(last, DateTimeOffset.MaxValue).Number);
        Assert.Equal(last.Number + 1, PolicyVersion.Next(last, Cast.Now).Number);
        Assert.Equal(0UL, PolicyVersion.Next(null, DateTimeOffset.MinValue).Number);
    }
}
