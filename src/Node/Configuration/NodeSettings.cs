using NuCypher.P2P.Actors.Configuration;
using Config = Akka.Configuration.Config;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>Everything that akka.hocon can say; without it, every default.</summary>
internal sealed record NodeSettings
{
    /// <summary>The whole file with everything that was overridden; Akka takes its keys out of <c>akka</c>.</summary>
    public Config Akka { get; init; } = Config.Empty;

    /// <summary>Key <c>akka.loglevel</c>: from which level on the program logs.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>Key <c>akka.coordinated-shutdown.default-phase-timeout</c>; 5 s, as Akka's.</summary>
    public TimeSpan ShutdownPhaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Key <c>nucypher</c>: the node.</summary>
    public NucypherSettings Nucypher { get; init; } = new();

    /// <summary>Reads a whole configuration. Keys under <c>akka</c> that are not read here are left to Akka.</summary>
    /// <exception cref="ConfigurationException">An unknown key, or a value that does not fit.</exception>
    public static NodeSettings Read(ConfigSection root)
    {
        var (akka, defaults) = (root.GetUncheckedSection("akka"), new NodeSettings());
        var settings = defaults with
        {
            Akka = root.ToConfig(),
            MinimumLevel = ReadLogLevel(akka, defaults.MinimumLevel),
            ShutdownPhaseTimeout = akka.GetTimeSpan(
                "coordinated-shutdown.default-phase-timeout", defaults.ShutdownPhaseTimeout),
            Nucypher = OptionsBinder.Bind<NucypherSettings>(root.GetSection("nucypher")),
        };
        root.RefuseUnknownKeys();
        return settings;
    }

    private static LogLevel ReadLogLevel(ConfigSection akka, LogLevel defaultValue) => akka.GetString("loglevel") switch
    {
        null => defaultValue,
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        _ => throw akka.Error("loglevel", "must be DEBUG, INFO, WARNING or ERROR."),
    };
}
