using NuCypher.P2P.ActorRuntime.Configuration;
using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>Everything that akka.hocon can say; without it, every default.</summary>
internal sealed record NodeSettings
{
    /// <summary>Key <c>akka</c>: the actor runtime, in Akka's own words.</summary>
    public ActorSystemOptions Akka { get; init; } = ActorSystemOptions.Default;

    /// <summary>Key <c>akka.persistence.journal.sqlite</c>: the database.</summary>
    public SqliteJournalOptions Journal { get; init; } = SqliteJournalOptions.Default;

    /// <summary>Key <c>nucypher</c>: the node.</summary>
    public NucypherSettings Nucypher { get; init; } = new();

    /// <summary>From which level on the program logs.</summary>
    public LogLevel MinimumLevel => Akka.LogLevel switch
    {
        ActorRuntime.LogLevel.DebugLevel => LogLevel.Debug,
        ActorRuntime.LogLevel.InfoLevel => LogLevel.Information,
        ActorRuntime.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    /// <summary>Reads a whole configuration.</summary>
    /// <exception cref="ConfigurationException">An unknown key, or a value that does not fit.</exception>
    public static NodeSettings Read(ConfigSection root)
    {
        var settings = new NodeSettings
        {
            Akka = ActorSystemOptions.FromConfig(root.GetSection("akka")),
            Journal = SqliteJournalOptions.FromConfig(root.GetSection("akka.persistence.journal.sqlite")),
            Nucypher = OptionsBinder.Bind<NucypherSettings>(root.GetSection("nucypher")),
        };
        root.RefuseUnknownKeys();
        return settings;
    }
}
