using System.Net;

namespace NuCypher.P2P.Dht.Tests.Requests;

public sealed class RttTableTests
{
    private static readonly NodeAddress Near = new(IPAddress.Parse("10.0.0.1"), 1);
    private static readonly NodeAddress Far = new(IPAddress.Parse("10.0.1.1"), 1);
    private static readonly NodeAddress Stranger = new(IPAddress.Parse("10.0.2.1"), 1);

    private readonly RttTable _rtt = new(new KademliaOptions());

    [Theory, InlineData(0, 1000), InlineData(1, 2000), InlineData(2, 2000)]
    public void TimeoutOf_NothingMeasured_IsTheInitialOneDoubledToTheMaximum(int tries, int expected) =>
        Assert.Equal(expected, _rtt.TimeoutOf(Near, tries).TotalMilliseconds);

    [Fact]
    public void TimeoutOf_SteadyPeers_FollowsEachAndStaysAboveTheMinimum()
    {
        for (var i = 0; i < 50; i++)
        {
            _rtt.Measure(Near, TimeSpan.FromMilliseconds(1));
            _rtt.Measure(Far, TimeSpan.FromMilliseconds(300));
        }

        Assert.Equal(50, _rtt.TimeoutOf(Near, 0).TotalMilliseconds);
        Assert.Equal(100, _rtt.TimeoutOf(Near, 1).TotalMilliseconds);
        Assert.InRange(_rtt.TimeoutOf(Far, 0).TotalMilliseconds, 300, 310);
        Assert.InRange(_rtt.TimeoutOf(Stranger, 0).TotalMilliseconds, 310, 2000);
    }

    [Fact]
    public void HedgeOf_MostAnswersFastAndFewSlow_IsTheTimeOfTheSlowest()
    {
        Assert.Equal(250, _rtt.HedgeOf(Stranger).TotalMilliseconds);
        for (var i = 0; i < 40; i++)
            _rtt.Measure(Far, TimeSpan.FromMilliseconds(i % 16 == 0 ? 80 : 20));

        Assert.Equal(80, _rtt.HedgeOf(Stranger).TotalMilliseconds);
    }

    [Fact]
    public void HedgeOf_OneOutlierAmongFast_ForgetsItAndKnowsTheNearPeer()
    {
        _rtt.Measure(Far, TimeSpan.FromMilliseconds(300));
        for (var i = 0; i < 31; i++)
            _rtt.Measure(Near, TimeSpan.FromMilliseconds(1));

        Assert.Equal(5, _rtt.HedgeOf(Near).TotalMilliseconds);
        Assert.Equal(5, _rtt.HedgeOf(Stranger).TotalMilliseconds);
        Assert.Equal(5, _rtt.HedgeOf(Far).TotalMilliseconds);
    }

    [Fact]
    public void TimeoutOf_AbsurdlyLongSample_IsTheMaximum()
    {
        _rtt.Measure(Near, TimeSpan.FromHours(1));
        _rtt.Measure(Near, TimeSpan.FromDays(1));

        Assert.Equal(2000, _rtt.TimeoutOf(Near, 0).TotalMilliseconds);
    }
}
