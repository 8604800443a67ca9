using Microsoft.Extensions.Logging.Console;

namespace NuCypher.P2P.Node.Logging;

/// <summary>The program's log: one line per event on the error stream, with a UTC time; never a secret.</summary>
internal static class NodeLog
{
    /// <summary>Makes the factory that everything of this process logs through.</summary>
    /// <param name="minimum">What is said; the web server's own words only from <see cref="LogLevel.Warning"/> on.</param>
    public static ILoggerFactory Create(LogLevel minimum) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(minimum)
        .AddFilter("Microsoft", minimum > LogLevel.Warning ? minimum : LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // says again, at length, what the caller is told by an exception
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.UseUtcTimestamp = true;
            if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
                line.ColorBehavior = LoggerColorBehavior.Disabled;
            line.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        }));
}
