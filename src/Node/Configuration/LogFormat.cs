namespace NuCypher.P2P.Node.Configuration;

/// <summary>How a line of the log looks.</summary>
internal enum LogFormat
{
    /// <summary>Time, level, who, what.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>As systemd wants it.</summary>
    Systemd,
}
