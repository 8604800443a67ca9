using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Tests.Ursula;

public sealed class ReplayWindowTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    [Fact]
    public void Check_RememberedNonce_IsAReplayUntilItIsOutOfTimeAnyway()
    {
        var window = new ReplayWindow(Window, 10, DateTimeOffset.MinValue);
        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(1), Cast.Now, Cast.Now));
        window.Remember(new Nonce(1), Cast.Now, Cast.Now);

        Assert.Equal(ReplayVerdict.Replayed, window.Check(new Nonce(1), Cast.Now, Cast.Now));
        Assert.Equal(ReplayVerdict.Replayed, window.Check(new Nonce(1), Cast.Now, Cast.Now + Window - OneTick));
        Assert.Equal(ReplayVerdict.OutsideTimeWindow, window.Check(new Nonce(1), Cast.Now, Cast.Now + Window));
        Assert.Equal(Cast.Now + Window, window.QuietAt);
    }

    [Theory]
    [InlineData(-60, ReplayVerdict.OutsideTimeWindow)]
    [InlineData(-59, ReplayVerdict.Fresh)]
    [InlineData(60, ReplayVerdict.Fresh)]
    [InlineData(61, ReplayVerdict.OutsideTimeWindow)]
    public void Check_OtherTimes_FreshInsideTheWindowOnly(int seconds, ReplayVerdict expected)
    {
        var window = new ReplayWindow(Window, 10, DateTimeOffset.MinValue);

        Assert.Equal(expected, window.Check(new Nonce(1), Cast.Now.AddSeconds(seconds), Cast.Now));
    }

    [Fact]
    public void Check_IssuedBeforeTheWindowBegan_IsRefused()
    {
        var window = new ReplayWindow(Window, 10, Cast.Now);

        Assert.Equal(ReplayVerdict.OutsideTimeWindow, window.Check(new Nonce(1), Cast.Now - OneTick, Cast.Now));
        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(1), Cast.Now, Cast.Now));
    }

    [Fact]
    public void Check_AtCapacity_IsFullUntilNoncesLeave()
    {
        var window = new ReplayWindow(Window, 3, DateTimeOffset.MinValue);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce((UInt128)i), Cast.Now.AddSeconds(i), Cast.Now));
            window.Remember(new Nonce((UInt128)i), Cast.Now.AddSeconds(i), Cast.Now);
        }

        Assert.Equal(ReplayVerdict.Full, window.Check(new Nonce(9), Cast.Now, Cast.Now));
        Assert.Equal(3, window.Count);
        var later = Cast.Now + Window;
        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(9), later, later));
        Assert.Equal(2, window.Count);
        var muchLater = later.AddMinutes(5);
        window.Check(new Nonce(9), muchLater, muchLater);
        Assert.Null(window.QuietAt);
    }

    [Fact]
    public void Check_RequestsDatedBack_AreNoMoreInAWindowThanOthers()
    {
        var window = new ReplayWindow(Window, 3, DateTimeOffset.MinValue);
        var served = 0;
        for (var second = 0; second < Window.TotalSeconds; second++)
        {
            var (nonce, now) = (new Nonce((UInt128)second), Cast.Now.AddSeconds(second));
            if (window.Check(nonce, now - Window + OneTick, now) != ReplayVerdict.Fresh)
                continue;
            window.Remember(nonce, now - Window + OneTick, now);
            served++;
        }

        Assert.Equal(3, served);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Check_RandomRequests_NeverFreshTwice(int seed)
    {
        var random = new Random(seed);
        var window = new ReplayWindow(Window, 50, DateTimeOffset.MinValue);
        var served = new HashSet<(int, int)>();
        for (var (i, now) = (0, Cast.Now); i < 5000; i++, now += TimeSpan.FromSeconds(random.Next(4)))
        {
            var (nonce, issued) = (random.Next(60), random.Next(100));
            var issuedAt = Cast.Now.AddSeconds(issued * 100);
            if (window.Check(new Nonce((UInt128)nonce), issuedAt, now) != ReplayVerdict.Fresh)
                continue;
            window.Remember(new Nonce((UInt128)nonce), issuedAt, now);
            Assert.True(served.Add((nonce, issued)), $"seed {seed}: served twice");
            Assert.True(window.Count <= 50);
        }

        Assert.NotEmpty(served);
    }

    private static TimeSpan OneTick => TimeSpan.FromTicks(1);
}
