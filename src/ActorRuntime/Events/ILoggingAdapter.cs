namespace NuCypher.P2P.ActorRuntime;

/// <summary>Writes log events of one source. Formats are composite formats (<c>{0}</c>), invariant culture.</summary>
public interface ILoggingAdapter
{
    /// <summary>True if someone reads events of that level; asks before dear arguments are made.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Writes at debug level.</summary>
    void Debug(string format, params object[] args);

    /// <summary>Writes at information level.</summary>
    void Info(string format, params object[] args);

    /// <summary>Writes at warning level.</summary>
    void Warning(string format, params object[] args);

    /// <summary>Writes at error level.</summary>
    void Error(string format, params object[] args);

    /// <summary>Writes at error level, with the exception.</summary>
    void Error(Exception cause, string format, params object[] args);
}
