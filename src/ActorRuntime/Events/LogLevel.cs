namespace NuCypher.P2P.ActorRuntime;

/// <summary>How much a log event matters.</summary>
public enum LogLevel
{
    /// <summary>For those who look for a fault.</summary>
    DebugLevel,

    /// <summary>What an operator wants to know.</summary>
    InfoLevel,

    /// <summary>Something is wrong, but handled.</summary>
    WarningLevel,

    /// <summary>Something failed.</summary>
    ErrorLevel,
}
