using System.Globalization;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Durations as users and akka.hocon write them: 250ms, 5s, 10m, 6h, 30d.</summary>
internal static class Durations
{
    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>A duration above zero.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static TimeSpan Parse(string text, string option) =>
        TryParse(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new CommandException(ExitCode.Usage, $"{option} {text} is no duration", "Write a number and a unit: 30s, 10m, 6h, 30d.");

    /// <summary>A duration of at most 100,000 days; false if it is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits < 1 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var unit = Units.FirstOrDefault(u => u.Name == text[digits..]).Length;
        if (unit == default || count > TimeSpan.FromDays(100_000).Ticks / unit.Ticks)
            return false;
        duration = count * unit;
        return true;
    }

    /// <summary>The text that <see cref="TryParse"/> reads back, in the largest whole unit.</summary>
    public static string Format(TimeSpan duration)
    {
        var unit = Units.First(u => u.Name == "ms" || duration.Ticks % u.Length.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit.Length.Ticks}{unit.Name}");
    }
}
