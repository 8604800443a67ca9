using System.Globalization;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Publishes log events on the system's event stream, if anybody subscribed.</summary>
internal sealed class LoggingAdapter(ActorSystem system, object source) : ILoggingAdapter
{
    public bool IsEnabled(LogLevel logLevel) =>
        logLevel >= system.Options.LogLevel && system.EventStream.HasSubscribers;

    public void Debug(string format, params object[] args) => Write(LogLevel.DebugLevel, null, format, args);

    public void Info(string format, params object[] args) => Write(LogLevel.InfoLevel, null, format, args);

    public void Warning(string format, params object[] args) => Write(LogLevel.WarningLevel, null, format, args);

    public void Error(string format, params object[] args) => Write(LogLevel.ErrorLevel, null, format, args);

    public void Error(Exception cause, string format, params object[] args) =>
        Write(LogLevel.ErrorLevel, cause, format, args);

    private void Write(LogLevel level, Exception? cause, string format, object[] args)
    {
        if (!IsEnabled(level))
            return;
        var message = args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
        var now = system.Options.TimeProvider.GetUtcNow();
        system.EventStream.Publish(new LogEvent(now, level, source.ToString()!, message, cause));
    }
}
