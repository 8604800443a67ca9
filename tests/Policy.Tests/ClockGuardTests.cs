using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class ClockGuardTests
{
    private static readonly ClockGuardOptions Options = new();
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Read_NobodySetsTheClock_IsCertainAndDeletesSoonAfterTheStart()
    {
        var clock = new Machine();

        Assert.False(clock.After(TimeSpan.FromSeconds(29)).MayDelete);
        var reading = clock.After(TimeSpan.FromSeconds(1));

        Assert.Equal((true, false), (reading.MayDelete, reading.IsDoubtful));
        Assert.Equal((Cast.Now.AddSeconds(30), Cast.Now.AddSeconds(30)), (reading.Now, reading.Over));
        Assert.Equal(TimeSpan.FromSeconds(30), reading.Uptime);
    }

    [Theory, InlineData(1), InlineData(-1)]
    public void Read_ClockJumps_IsDoubtedBetweenBothTimes(int direction)
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromHours(1));

        clock.Error = direction * Day;
        var reading = clock.After(TimeSpan.FromMinutes(1));

        var (right, shown) = (Cast.Now.AddMinutes(61), Cast.Now.AddMinutes(61) + (direction * Day));
        Assert.Equal((true, shown), (reading.IsDoubtful, reading.Now));
        Assert.Equal(direction > 0 ? (right, shown) : (shown, right), (reading.Earliest, reading.Latest));
        Assert.Equal(reading.Earliest, reading.Over);
    }

    [Theory, InlineData(1), InlineData(-1)]
    public void Read_ClockGoesBackToTheOldTime_IsCertainAtOnce(int direction)
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromHours(1));
        clock.Error = direction * Day;
        for (var minute = 0; minute < 9; minute++)
            Assert.True(clock.After(TimeSpan.FromMinutes(1)).IsDoubtful);

        clock.Error = default;

        Assert.False(clock.After(TimeSpan.FromSeconds(1)).IsDoubtful);
    }

    [Fact]
    public void Read_ClockKeepsToItsNewTime_IsBelievedAfterAWhile()
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromHours(1));
        clock.Error = Day;
        Assert.True(clock.After(TimeSpan.FromSeconds(1)).IsDoubtful);
        Assert.True(clock.After(Options.JumpDoubt - TimeSpan.FromSeconds(1)).IsDoubtful);

        var reading = clock.After(TimeSpan.FromSeconds(1));

        Assert.Equal((false, reading.Now), (reading.IsDoubtful, reading.Over));
    }

    [Fact]
    public void Read_ClockThatJumpsAgainAndAgain_IsNeverBelieved()
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromHours(1));
        for (var i = 1; i < 20; i++)
        {
            clock.Error = i * Day;
            Assert.True(clock.After(TimeSpan.FromMinutes(9)).IsDoubtful);
        }
    }

    [Fact]
    public void Read_ClockIsSetRightSoonAfterTheStart_IsBelievedAtOnceAndNothingWasDeleted()
    {
        var clock = new Machine { Error = 400 * Day };
        var guard = clock.After(TimeSpan.FromSeconds(20));
        clock.Error = default;

        var reading = clock.After(TimeSpan.FromSeconds(5));

        Assert.Equal(DateTimeOffset.MinValue, guard.Over);
        Assert.Equal((false, false, Cast.Now.AddSeconds(25)), (reading.IsDoubtful, reading.MayDelete, reading.Now));
        Assert.True(clock.After(Options.StartDoubt).MayDelete);
    }

    [Theory, InlineData(1), InlineData(-1)]
    public void Read_ClockIsSetWrongSoonAfterTheStart_DeletesByNoneOfBothAndIsBelievedAtOnceWhenItGoesBack(int days)
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromSeconds(20));
        clock.Error = days * Day;

        var served = clock.After(TimeSpan.FromSeconds(5));
        var settled = clock.After(Options.StartDoubt);
        clock.Error = default;
        var back = clock.After(TimeSpan.FromSeconds(25));

        Assert.Equal((false, served.Now), (served.IsDoubtful, served.Earliest));
        Assert.True(settled.MayDelete);
        Assert.Equal(days > 0 ? settled.Now - Day : settled.Now, settled.Over);
        Assert.Equal((false, Cast.Now.AddSeconds(80)), (back.IsDoubtful, back.Over));
    }

    [Fact]
    public void Read_ClockIsSetSoonAfterTheStartAndKeepsToIt_DeletesByItAfterAWhile()
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromSeconds(20));
        clock.Error = Day;
        Assert.Equal(DateTimeOffset.MinValue, clock.After(TimeSpan.FromSeconds(1)).Over);
        var before = clock.After(Options.JumpDoubt - TimeSpan.FromSeconds(1));
        Assert.Equal(before.Now - Day, before.Over);

        var reading = clock.After(TimeSpan.FromSeconds(1));

        Assert.Equal(reading.Now, reading.Over);
    }

    [Fact]
    public void Read_ClockSlewedSlowly_IsNoJump()
    {
        var clock = new Machine();
        clock.After(TimeSpan.FromHours(1));
        for (var i = 0; i < 100; i++)
        {
            clock.Error += Options.Tolerance / 2;
            Assert.False(clock.After(TimeSpan.FromMinutes(1)).IsDoubtful);
        }
    }

    [Fact]
    public void Read_ClockAtEitherEndOfItsRange_DoesNotThrow()
    {
        foreach (var end in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            var guard = ClockGuard.Start(new Moment(Cast.Now, TimeSpan.Zero), Options);
            var moment = new Moment(end, TimeSpan.FromDays(1));
            Assert.True(guard.Note(moment).Read(moment).IsDoubtful);
            guard = ClockGuard.Start(moment, Options);
            Assert.True(guard.Note(new Moment(Cast.Now, TimeSpan.FromDays(2))).Read(
                new Moment(Cast.Now, TimeSpan.FromDays(2))).IsDoubtful);
        }
    }

    /// <summary>A machine whose wall clock is wrong by what a test says.</summary>
    private sealed class Machine
    {
        private ClockGuard? _guard;
        private TimeSpan _up;

        public TimeSpan Error { get; set; }

        public ClockReading After(TimeSpan time)
        {
            _guard ??= ClockGuard.Start(Moment, Options);
            _up += time;
            _guard = _guard.Note(Moment);
            return _guard.Read(Moment);
        }

        private Moment Moment => new(Cast.Now + _up + Error, TimeSpan.FromHours(7) + _up);
    }
}
