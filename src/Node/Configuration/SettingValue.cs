using System.Globalization;
using System.Text.RegularExpressions;
using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>The texts of values: whole numbers from 0, yes or no, words, and durations such as 250ms, 5s, 10m, 6h, 30d.</summary>
internal static partial class SettingValue
{
    /// <summary>Whether a property of this type has a text.</summary>
    public static bool CanParse(Type type) =>
        type == typeof(int) || type == typeof(byte) || type == typeof(bool) || type == typeof(string) || type == typeof(TimeSpan) || type.IsEnum;

    /// <summary>The value of a setting.</summary>
    /// <exception cref="CommandException">It is not of that type.</exception>
    public static object Parse(Setting setting, Type type) =>
        TryParse(setting.Text.Trim(), type) ?? throw new CommandException(
            ExitCode.Configuration,
            $"{setting.Where}: {setting.Path} can't be \"{setting.Text}\"",
            $"Write {Wanted(type)}.");

    /// <summary>The text that <see cref="Parse"/> reads back; a duration in its largest whole unit.</summary>
    public static string Format(object value) => value switch
    {
        bool yes => yes ? "true" : "false",
        TimeSpan duration => Duration(duration),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!, // null for null only
    };

    /// <summary>A duration; false if it is none.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var match = DurationText().Match(text);
        if (!match.Success || !long.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var count))
            return false;
        var unit = UnitOf(match.Groups[2].Value);
        if (count > TimeSpan.MaxValue.Ticks / unit.Ticks)
            return false;
        duration = count * unit;
        return true;
    }

    private static object? TryParse(string text, Type type)
    {
        if (type == typeof(int))
            return int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : null;
        if (type == typeof(byte))
            return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var b) ? b : null;
        if (type == typeof(bool))
            return text switch { "true" or "on" or "yes" => true, "false" or "off" or "no" => false, _ => null };
        if (type == typeof(TimeSpan))
            return TryParseDuration(text, out var duration) ? duration : null;
        if (type.IsEnum)
            return Enum.TryParse(type, text, ignoreCase: true, out var member) && Enum.IsDefined(type, member) ? member : null;
        return text;
    }

    private static string Wanted(Type type)
    {
        if (type.IsEnum)
            return "one of " + string.Join(", ", Enum.GetNames(type)).ToLowerInvariant();
        if (type == typeof(TimeSpan))
            return "a duration such as 250ms, 5s, 10m, 6h or 30d";
        return type == typeof(bool) ? "true or false" : "a whole number, 0 or more";
    }

    private static string Duration(TimeSpan duration)
    {
        string[] units = ["d", "h", "m", "s", "ms"];
        var unit = units.First(u => u == "ms" || duration.Ticks % UnitOf(u).Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / UnitOf(unit).Ticks}{unit}");
    }

    private static TimeSpan UnitOf(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    [GeneratedRegex(@"^(\d{1,18}) ?(ms|s|m|h|d)$")]
    private static partial Regex DurationText();
}
