using System.Globalization;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Durations as users write them: 250ms, 5s, 10m, 6h, 30d, 2w, 10y, and one after the other: 1h30m.</summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100_000);

    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("y", TimeSpan.FromDays(365)), ("w", TimeSpan.FromDays(7)), ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>A duration above zero.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static TimeSpan Parse(string text, string option) =>
        TryParse(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new CommandException(
                ExitCode.Usage, $"{option} {text} is no duration",
                "Write numbers and units, the larger unit first: 30s, 10m, 1h30m, 30d, 10y.");

    /// <summary>
    /// A duration of at most 100,000 days, a year being 365; false if it is none. Units stand in order, each once.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var units = Units.AsSpan();
        var rest = text.AsSpan();
        do
        {
            if (!TryTake(ref rest, ref units, out var part) || duration > Longest - part)
                return false;
            duration += part;
        }
        while (!rest.IsEmpty);
        return true;
    }

    /// <summary>
    /// The text that <see cref="TryParse"/> reads back, in the largest whole unit up to a day, as akka.hocon writes it
    /// too.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        var unit = Units.First(
            u => u.Name == "ms" || (u.Length <= TimeSpan.FromDays(1) && duration.Ticks % u.Length.Ticks == 0));
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit.Length.Ticks}{unit.Name}");
    }

    private static bool TryTake(
        ref ReadOnlySpan<char> rest, ref Span<(string Name, TimeSpan Length)> units, out TimeSpan part)
    {
        part = default;
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits < 1
            || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var letters = rest[digits..].IndexOfAnyInRange('0', '9') is var next and >= 0
            ? rest.Slice(digits, next)
            : rest[digits..];
        for (var i = 0; i < units.Length; i++)
        {
            var (name, length) = units[i];
            if (!letters.SequenceEqual(name) || count > Longest.Ticks / length.Ticks)
                continue;
            part = count * length;
            rest = rest[(digits + letters.Length)..];
            units = units[(i + 1)..];
            return true;
        }

        return false;
    }
}
