namespace NuCypher.P2P.Node.Logging;

/// <summary>
/// Writes what actors log, and what reached nobody, to the program's log, under the name of the actor.
/// </summary>
internal sealed class LogWriterActor : ReceiveActor
{
    private readonly ILoggerFactory _logs;

    /// <summary>Listens from its start on.</summary>
    public LogWriterActor(ILoggerFactory logs)
    {
        _logs = logs;
        Receive<LogEvent>(Write);
        Receive<AllDeadLetters>(letter => _logs.CreateLogger("dead-letters").LogDebug(
            "{Type} for {Recipient}", letter.Message.GetType().Name, letter.Recipient));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AllDeadLetters));
    }

    private void Write(LogEvent line) =>
        _logs.CreateLogger(NameOf(line.LogSource)).Log(LevelOf(line.LogLevel()), line.Cause, "{Message}", line.Message);

    /// <summary>
    /// The last part of a path such as <c>[akka://node/user/ursula]</c>; of any other source the first word.
    /// </summary>
    private static string NameOf(string source)
    {
        var path = source.TrimEnd(']');
        return path.Contains("akka://", StringComparison.Ordinal) && !path.EndsWith(')')
            ? path[(path.LastIndexOf('/') + 1)..]
            : path.Split(' ', '[', '(')[0].ToLowerInvariant();
    }

    private static LogLevel LevelOf(Akka.Event.LogLevel level) => level switch
    {
        Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
