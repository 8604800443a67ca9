using NuCypher.P2P.Node.Configuration;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Durations as a user types them.</summary>
internal static class Durations
{
    /// <summary>A duration above zero.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static TimeSpan Parse(string text, string option) =>
        SettingValue.TryParseDuration(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new CommandException(ExitCode.Usage, $"{option} {text} is no duration", "Write a number and a unit: 30s, 10m, 6h, 30d.");
}
