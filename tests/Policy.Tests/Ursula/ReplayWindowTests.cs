using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Policy.Tests.Ursula;

public sealed class ReplayWindowTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    [Fact]
    public void Check_RememberedNonce_IsAReplayUntilItIsOutOfTimeAnyway()
    {
        var window = new ReplayWindow(Window, 10);
        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(1), Cast.Now, Time.At(Cast.Now)));
        window.Remember(new Nonce(1), Cast.Now, Time.At(Cast.Now));

        Assert.Equal(ReplayVerdict.Replayed, window.Check(new Nonce(1), Cast.Now, Time.At(Cast.Now)));
        Assert.Equal(
            ReplayVerdict.Replayed, window.Check(new Nonce(1), Cast.Now, Time.At(Cast.Now + Window - OneTick)));
        Assert.Equal(ReplayVerdict.OutsideTimeWindow, window.Check(new Nonce(1), Cast.Now, Time.At(Cast.Now + Window)));
        Assert.Equal(Time.At(Cast.Now + Window).Uptime, window.QuietAt);
    }

    [Theory]
    [InlineData(-60, ReplayVerdict.OutsideTimeWindow)]
    [InlineData(-59, ReplayVerdict.Fresh)]
    [InlineData(60, ReplayVerdict.Fresh)]
    [InlineData(61, ReplayVerdict.OutsideTimeWindow)]
    public void Check_OtherTimes_FreshInsideTheWindowOnly(int seconds, ReplayVerdict expected)
    {
        var window = new ReplayWindow(Window, 10);

        Assert.Equal(expected, window.Check(new Nonce(1), Cast.Now.AddSeconds(seconds), Time.At(Cast.Now)));
    }

    [Fact]
    public void Check_IssuedBeforeTheStart_IsRefused()
    {
        var window = new ReplayWindow(Window, 10);
        var start = ClockReading.Certain(Cast.Now, TimeSpan.Zero);

        Assert.Equal(ReplayVerdict.OutsideTimeWindow, window.Check(new Nonce(1), Cast.Now - OneTick, start));
        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(1), Cast.Now, start));
    }

    [Fact]
    public void Check_StartedWhileTheClockWasAhead_ServesOnceItIsRight()
    {
        var window = new ReplayWindow(Window, 10);
        var right = ClockReading.Certain(Cast.Now, TimeSpan.FromSeconds(20)); // it showed Cast.Now + 1 day at the start

        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(1), Cast.Now.AddSeconds(-10), right));
        Assert.Equal(ReplayVerdict.OutsideTimeWindow, window.Check(new Nonce(1), Cast.Now.AddSeconds(-30), right));
    }

    [Fact]
    public void Check_ClockAheadForAMoment_ForgetsNoNonce()
    {
        var window = new ReplayWindow(Window, 10);
        var uptime = TimeSpan.FromHours(1);
        window.Remember(new Nonce(1), Cast.Now, ClockReading.Certain(Cast.Now, uptime));

        window.Check(new Nonce(2), Cast.Now.AddDays(1), ClockReading.Certain(Cast.Now.AddDays(1), uptime + OneTick));

        Assert.Equal(ReplayVerdict.Replayed, window.Check(
            new Nonce(1), Cast.Now, ClockReading.Certain(Cast.Now, uptime + (2 * OneTick))));
    }

    [Fact]
    public void Check_AtCapacity_IsFullUntilNoncesLeave()
    {
        var window = new ReplayWindow(Window, 3);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(
                ReplayVerdict.Fresh, window.Check(new Nonce((UInt128)i), Cast.Now.AddSeconds(i), Time.At(Cast.Now)));
            window.Remember(new Nonce((UInt128)i), Cast.Now.AddSeconds(i), Time.At(Cast.Now));
        }

        Assert.Equal(ReplayVerdict.Full, window.Check(new Nonce(9), Cast.Now, Time.At(Cast.Now)));
        Assert.Equal(3, window.Count);
        var later = Cast.Now + Window;
        Assert.Equal(ReplayVerdict.Fresh, window.Check(new Nonce(9), later, Time.At(later)));
        Assert.Equal(2, window.Count);
        var muchLater = later.AddMinutes(5);
        window.Check(new Nonce(9), muchLater, Time.At(muchLater));
        Assert.Null(window.QuietAt);
    }

    [Fact]
    public void Check_RequestsDatedBack_AreNoMoreInAWindowThanOthers()
    {
        var window = new ReplayWindow(Window, 3);
        var served = 0;
        for (var second = 0; second < Window.TotalSeconds; second++)
        {
            var (nonce, now) = (new Nonce((UInt128)second), Cast.Now.AddSeconds(second));
            if (window.Check(nonce, now - Window + OneTick, Time.At(now)) != ReplayVerdict.Fresh)
                continue;
            window.Remember(nonce, now - Window + OneTick, Time.At(now));
            served++;
        }

        Assert.Equal(3, served);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Check_RandomRequests_NeverFreshTwice(int seed)
    {
        var random = new Random(seed);
        var window = new ReplayWindow(Window, 50);
        var served = new HashSet<(int, int)>();
        for (var (i, now) = (0, Cast.Now); i < 5000; i++, now += TimeSpan.FromSeconds(random.Next(4)))
        {
            var (nonce, issued) = (random.Next(60), random.Next(100));
            var issuedAt = Cast.Now.AddSeconds(issued * 100);
            if (window.Check(new Nonce((UInt128)nonce), issuedAt, Time.At(now)) != ReplayVerdict.Fresh)
                continue;
            window.Remember(new Nonce((UInt128)nonce), issuedAt, Time.At(now));
            Assert.True(served.Add((nonce, issued)), $"seed {seed}: served twice");
            Assert.True(window.Count <= 50);
        }

        Assert.NotEmpty(served);
    }

    private static TimeSpan OneTick => TimeSpan.FromTicks(1);
}
