namespace NuCypher.P2P.Node.Configuration;

/// <summary>How the program logs.</summary>
internal sealed record LogOptions
{
    /// <summary>Text for people; Json: an object a line; Systemd: text with the priorities that journald reads, without
    /// times.</summary>
    public LogFormat Format { get; init; }
}
