using Microsoft.Extensions.Logging.Console;
using NuCypher.P2P.Node.Configuration;

namespace NuCypher.P2P.Node.Logging;

/// <summary>The program's log: one line per event on the error stream, with a UTC time; never a secret.</summary>
internal static class NodeLog
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>Makes the factory that everything of this process logs through.</summary>
    /// <param name="minimum">What is said; the web server's own words only from <see cref="LogLevel.Warning"/>
    /// on.</param>
    /// <param name="format">How a line looks.</param>
    public static ILoggerFactory Create(LogLevel minimum, LogFormat format = LogFormat.Text) =>
        LoggerFactory.Create(logging => logging
        .SetMinimumLevel(minimum)
        .AddFilter("Microsoft", minimum > LogLevel.Warning ? minimum : LogLevel.Warning)
        // says again, at length, what the caller is told by an exception
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
        // A finding is logged when it changes, not when it is asked for.
        .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
        .AddSimpleConsole(line =>
        {
            (line.SingleLine, line.UseUtcTimestamp, line.TimestampFormat) = (true, true, Time);
            if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
                line.ColorBehavior = LoggerColorBehavior.Disabled;
        })
        .AddJsonConsole(line => (line.UseUtcTimestamp, line.TimestampFormat) = (true, Time.TrimEnd()))
        .AddSystemdConsole()
        .AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = NameOf(format);
        }));

    private static string NameOf(LogFormat format) => format switch
    {
        LogFormat.Json => ConsoleFormatterNames.Json,
        LogFormat.Systemd => ConsoleFormatterNames.Systemd,
        _ => ConsoleFormatterNames.Simple,
    };
}
