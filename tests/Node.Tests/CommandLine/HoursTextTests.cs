using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class HoursTextTests
{
    [Theory]
    [InlineData("mon-fri 09:00-17:00 +01:00", "mon-fri 09:00-17:00 +01:00")]
    [InlineData("09:00-17:00", "mon-sun 09:00-17:00 UTC")]
    [InlineData("sat,sun 10:00-24:00", "sat,sun 10:00-24:00 UTC")]
    [InlineData("Fri-Mon 22:00-06:00 Z", "mon,fri,sat,sun 22:00-06:00 UTC")]
    [InlineData("wed 00:00-00:01 -03:30", "wed 00:00-00:01 -03:30")]
    [InlineData("  mon-sun   01:02-03:04   +14:00 ", "mon-sun 01:02-03:04 +14:00")]
    public void Read_Hours_AreWrittenInOneWay(string text, string expected)
    {
        var hours = HoursText.Read(text);

        Assert.NotNull(hours);
        Assert.Equal(expected, HoursText.Format(hours));
        Assert.Equal(hours, HoursText.Read(expected));
    }

    [Fact]
    public void Read_OfficeHours_AreMinutesDaysAndOffset() => Assert.Equal(
        new DailyWindow(9 * 60, (17 * 60) + 30, Weekdays.Workdays, -90), HoursText.Read("mon-fri 09:00-17:30 -01:30"));

    [Theory]
    [InlineData(""), InlineData("mon"), InlineData("mon-fri"), InlineData("9:00-17:00"), InlineData("09:00"),
        InlineData("09:00-09:00"), InlineData("24:00-09:00"), InlineData("09:60-10:00"), InlineData("09:00-24:01")]
    [InlineData("mon-xyz 09:00-17:00"), InlineData("mon-tue-wed 09:00-17:00"), InlineData("mon, 09:00-17:00")]
    [InlineData("09:00-17:00 +15:00"), InlineData("09:00-17:00 01:00"), InlineData("09:00-17:00 Berlin"),
        InlineData("09:00-17:00 UTC x"), InlineData("09:00-17:00-18:00"), InlineData("-1:00-17:00"),
        InlineData("٠٩:00-17:00")]
    public void Read_NoHours_IsNull(string text) => Assert.Null(HoursText.Read(text));
}
