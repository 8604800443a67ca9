using System.Globalization;

namespace NuCypher.P2P.Actors.Configuration;

/// <summary>Numbers with units.</summary>
internal static class Quantities
{
    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;

    private static readonly Dictionary<string, double> Durations = new(StringComparer.Ordinal)
    {
        [""] = TimeSpan.TicksPerMillisecond,
        ["ns"] = 0.01,
        ["us"] = TimeSpan.TicksPerMicrosecond,
        ["ms"] = TimeSpan.TicksPerMillisecond,
        ["millis"] = TimeSpan.TicksPerMillisecond,
        ["millisecond"] = TimeSpan.TicksPerMillisecond,
        ["milliseconds"] = TimeSpan.TicksPerMillisecond,
        ["s"] = TimeSpan.TicksPerSecond,
        ["second"] = TimeSpan.TicksPerSecond,
        ["seconds"] = TimeSpan.TicksPerSecond,
        ["m"] = TimeSpan.TicksPerMinute,
        ["minute"] = TimeSpan.TicksPerMinute,
        ["minutes"] = TimeSpan.TicksPerMinute,
        ["h"] = TimeSpan.TicksPerHour,
        ["hour"] = TimeSpan.TicksPerHour,
        ["hours"] = TimeSpan.TicksPerHour,
        ["d"] = TimeSpan.TicksPerDay,
        ["day"] = TimeSpan.TicksPerDay,
        ["days"] = TimeSpan.TicksPerDay,
    };

    private static readonly Dictionary<string, double> Sizes = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["B"] = 1,
        ["byte"] = 1,
        ["bytes"] = 1,
        ["kB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["TB"] = 1e12,
        ["K"] = 1L << 10,
        ["k"] = 1L << 10,
        ["KiB"] = 1L << 10,
        ["M"] = 1L << 20,
        ["m"] = 1L << 20,
        ["MiB"] = 1L << 20,
        ["G"] = 1L << 30,
        ["g"] = 1L << 30,
        ["GiB"] = 1L << 30,
        ["TiB"] = 1L << 40,
    };

    public static bool TryReadDuration(string text, out TimeSpan duration)
    {
        var isRead = TryRead(text, Durations, out var ticks);
        duration = new TimeSpan(ticks);
        return isRead;
    }

    public static bool TryReadSize(string text, out long size) => TryRead(text, Sizes, out size);

    /// <summary>A number, optional blanks, a unit. False for what is negative, not finite or beyond 2^62.</summary>
    private static bool TryRead(string text, Dictionary<string, double> units, out long value)
    {
        value = 0;
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(character => char.IsAsciiDigit(character) || character == '.').Count();
        if (!units.TryGetValue(trimmed[digits..].Trim(), out var unit)
            || !double.TryParse(trimmed.AsSpan(0, digits), Decimal, CultureInfo.InvariantCulture, out var number)
            || number * unit >= 1L << 62)
        {
            return false;
        }

        value = (long)Math.Round(number * unit);
        return true;
    }
}
