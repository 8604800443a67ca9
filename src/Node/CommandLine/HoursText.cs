using System.Globalization;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Hours of the week as people write them: <c>mon-fri 09:00-17:00 +01:00</c>.</summary>
internal static class HoursText
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Reads days (every day if there are none), times, and an offset (UTC if there is none).</summary>
    public static DailyWindow? Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (days, offset) = (Weekdays.All, 0);
        if (words is [var first, .. var rest] && !char.IsAsciiDigit(first[0]))
            (days, words) = (DaysOf(first), rest);
        if (words is [var times, var zone])
            (offset, words) = (OffsetOf(zone) ?? int.MaxValue, [times]);
        if (words is not [var span] || span.Split('-') is not [var begin, var end])
            return null;
        try
        {
            return new DailyWindow(MinuteOf(begin), MinuteOf(end), days, offset);
        }
        catch (ArgumentException) // says what is out of range, in numbers that nobody typed
        {
            return null;
        }
    }

    /// <summary>The text that <see cref="Read"/> reads back.</summary>
    public static string Format(DailyWindow hours) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FormatDays(hours.Days)} {Time(hours.From)}-{Time(hours.To)} {FormatOffset(hours.Offset)}");

    private static Weekdays DaysOf(string text)
    {
        var days = Weekdays.None;
        foreach (var part in text.ToLowerInvariant().Split(','))
        {
            var ends = part.Split('-').Select(day => Array.IndexOf(Days, day)).ToArray();
            if (ends.Length > 2 || ends.Contains(-1))
                return Weekdays.None;
            for (var day = ends[0]; ; day = (day + 1) % Days.Length)
            {
                days |= (Weekdays)(1 << day);
                if (day == ends[^1])
                    break;
            }
        }

        return days;
    }

    private static string FormatDays(Weekdays days) => days switch
    {
        Weekdays.All => "mon-sun",
        Weekdays.Workdays => "mon-fri",
        _ => string.Join(',', Days.Where((_, i) => days.HasFlag((Weekdays)(1 << i)))),
    };

    private static int MinuteOf(string text) =>
        text.Length == 5 && text[2] == ':' && Number(text[..2]) is >= 0 and var hours
            && Number(text[3..]) is >= 0 and < 60 and var minutes
            ? (60 * hours) + minutes
            : -1;

    private static int? OffsetOf(string text)
    {
        if (text is "Z" or "UTC")
            return 0;
        var minutes = text.Length == 6 ? MinuteOf(text[1..]) : -1;
        return minutes < 0 ? null : text[0] switch { '+' => minutes, '-' => -minutes, _ => null };
    }

    private static string FormatOffset(int offset) =>
        offset == 0 ? "UTC" : $"{(offset < 0 ? '-' : '+')}{Time(Math.Abs(offset))}";

    private static string Time(int minute) => string.Create(
        CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
