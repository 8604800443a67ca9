namespace NuCypher.P2P.ActorRuntime;

/// <summary>A line of the log. Published on the event stream; the host writes it where it likes.</summary>
/// <param name="Timestamp">When, by the system's clock.</param>
/// <param name="LogLevel">How much it matters.</param>
/// <param name="LogSource">The path of the actor, or the name of the system.</param>
/// <param name="Message">The formatted text.</param>
/// <param name="Cause">The exception that it is about; null if there is none.</param>
public sealed record LogEvent(
    DateTimeOffset Timestamp, LogLevel LogLevel, string LogSource, string Message, Exception? Cause);
