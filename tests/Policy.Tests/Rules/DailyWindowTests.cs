using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Policy.Tests.Rules;

public sealed class DailyWindowTests
{
    private const int Nine = 9 * 60;
    private const int Seventeen = 17 * 60;

    private static readonly DailyWindow OfficeHours = new(Nine, Seventeen, Weekdays.Workdays, 60);

    [Theory]
    [InlineData("2030-01-04T07:59:59.9999999Z", false)] // a Friday
    [InlineData("2030-01-04T08:00:00Z", true)]
    [InlineData("2030-01-04T15:59:59.9999999Z", true)]
    [InlineData("2030-01-04T16:00:00Z", false)]
    [InlineData("2030-01-05T09:00:00Z", false)]
    [InlineData("2030-01-06T09:00:00Z", false)]
    [InlineData("2030-01-07T08:00:00Z", true)]
    [Trait("Row", "PO-03")]
    public void Contains_OfficeHours_AreOpenOnWorkdaysByTheOffset(string moment, bool expected) =>
        Assert.Equal(expected, OfficeHours.Contains(Utc(moment)));

    [Fact]
    public void LastEnd_EndOnSunday_IsFridayEvening() => Assert.Equal(
        Utc("2030-01-04T16:00:00Z"), OfficeHours.LastEnd(Utc("2030-01-01T00:00:00Z"), Utc("2030-01-06T00:00:00Z")));

    [Theory]
    [InlineData("2030-01-04T21:00:00Z", true)] // Friday
    [InlineData("2030-01-05T05:59:59Z", true)] // Saturday, begun on Friday
    [InlineData("2030-01-05T06:00:00Z", false)]
    [InlineData("2030-01-05T21:30:00Z", false)]
    [InlineData("2030-01-07T05:00:00Z", false)] // Monday, begun on Sunday
    [InlineData("2030-01-07T20:59:59Z", false)]
    public void Contains_NightOnWorkdays_BelongsToTheDayOfItsBeginning(string moment, bool expected) =>
        Assert.Equal(expected, new DailyWindow(21 * 60, 6 * 60, Weekdays.Workdays, 0).Contains(Utc(moment)));

    [Theory, InlineData(1), InlineData(2)]
    public void ContainsAndLastEnd_RandomWindows_AgreeWithEveryMinuteLookedAt(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var window = Draw(random);
            var begin = Utc("2030-01-01T00:00:00Z").AddMinutes(random.Next(20_000));
            var until = begin.AddMinutes(random.Next(1, 3 * 24 * 60));

            DateTimeOffset? last = null;
            for (var minute = begin; minute < until; minute = minute.AddMinutes(1))
            {
                var expected = IsOpen(window, minute);
                Assert.True(expected == window.Contains(minute), $"seed {seed}, {window}, {minute:O}");
                last = expected ? minute.AddMinutes(1) : last;
            }

            Assert.True(last == window.LastEnd(begin, until), $"seed {seed}, {window}, {begin:O} to {until:O}");
        }
    }

    [Theory]
    [InlineData(-1, 5, 1, 0)]
    [InlineData(1440, 5, 1, 0)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(5, 5, 1, 0)]
    [InlineData(0, 1441, 1, 0)]
    [InlineData(0, 5, 0, 0)]
    [InlineData(0, 5, 128, 0)]
    [InlineData(0, 5, 1, 841)]
    [InlineData(0, 5, 1, -841)]
    public void New_OutOfRange_IsRefused(int from, int to, int days, int offset) =>
        Assert.Throws<ArgumentException>(() => new DailyWindow(from, to, (Weekdays)days, offset));

    [Fact]
    public void ContainsAndLastEnd_FirstAndLastMomentsOfTime_DoNotThrow()
    {
        foreach (var offset in new[] { -840, 0, 840 })
        {
            var window = new DailyWindow(0, 1440, Weekdays.All, offset);
            Assert.True(window.Contains(DateTimeOffset.MaxValue));
            Assert.Equal(DateTimeOffset.MaxValue, window.LastEnd(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
            window.Contains(DateTimeOffset.MinValue);
            Assert.Null(window.LastEnd(DateTimeOffset.MinValue, DateTimeOffset.MinValue));
        }
    }

    // By the calendar, not by division.
    private static bool IsOpen(DailyWindow window, DateTimeOffset moment)
    {
        var local = moment.ToOffset(TimeSpan.FromMinutes(window.Offset));
        return Begins(local.Date) || Begins(local.Date.AddDays(-1));

        bool Begins(DateTime date)
        {
            var day = (Weekdays)(1 << (((int)date.DayOfWeek + 6) % 7));
            var begin = date.AddMinutes(window.From);
            var end = date.AddDays(window.To > window.From ? 0 : 1).AddMinutes(window.To);
            return window.Days.HasFlag(day) && begin <= local.DateTime && local.DateTime < end;
        }
    }

    private static DailyWindow Draw(Random random)
    {
        var from = random.Next(1440);
        var to = random.Next(1, 1441);
        return new DailyWindow(
            from, to == from ? (from % 1440) + 1 : to, (Weekdays)random.Next(1, 128), random.Next(-840, 841));
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
