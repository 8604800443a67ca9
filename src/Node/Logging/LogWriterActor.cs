namespace NuCypher.P2P.Node.Logging;

/// <summary>Writes the runtime's log events, and what reached nobody, to the program's log.</summary>
internal sealed class LogWriterActor : ReceiveActor
{
    private readonly ILoggerFactory _logs;

    /// <summary>Listens from its start on.</summary>
    public LogWriterActor(ILoggerFactory logs)
    {
        _logs = logs;
        Receive<LogEvent>(Write);
        Receive<DeadLetter>(letter => _logs.CreateLogger("DeadLetters").LogDebug("{Type} for {Recipient}", letter.Message.GetType().Name, letter.Recipient));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
    }

    private void Write(LogEvent line) =>
        _logs.CreateLogger(line.LogSource).Log(LevelOf(line.LogLevel), line.Cause, "{Message}", line.Message);

    private static LogLevel LevelOf(ActorRuntime.LogLevel level) => level switch
    {
        ActorRuntime.LogLevel.DebugLevel => LogLevel.Debug,
        ActorRuntime.LogLevel.InfoLevel => LogLevel.Information,
        ActorRuntime.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
