using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Node.Https;
using Config = Akka.Configuration.Config;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>Everything that akka.hocon can say; without it, every default.</summary>
internal sealed record NodeSettings : NodeOptions
{
    /// <summary>The whole file with everything that was overridden; Akka takes its keys out of <c>akka</c>.</summary>
    public Config Akka { get; init; } = Config.Empty;

    /// <summary>Key <c>akka.loglevel</c>: from which level on the program logs.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>Key <c>akka.coordinated-shutdown.default-phase-timeout</c>; 5 s, as Akka's.</summary>
    public TimeSpan ShutdownPhaseTimeout { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>Key <c>nucypher.swarm</c>: which swarm is joined.</summary>
    public SwarmSettings Swarm { get; init; } = new();

    /// <summary>Key <c>nucypher.lan</c>: how a swarm on the local network is found.</summary>
    public LanOptions Lan { get; init; } = new();

    /// <summary>Key <c>nucypher.health</c>: how the node looks after itself.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>Key <c>nucypher.log</c>: how the program logs.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>Key <c>nucypher.metrics</c>: where counters and histograms go.</summary>
    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>Key <c>nucypher.https</c>: the service.</summary>
    public HttpsOptions Https { get; init; } = new();

    /// <summary>Key <c>nucypher.link</c>: calls to other nodes' services.</summary>
    public HttpsLinkOptions Link { get; init; } = new();

    /// <summary>Key <c>nucypher.journal</c>: policies and grants.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>Key <c>nucypher.keystore</c>: what a password costs.</summary>
    public KeystoreSettings Keystore { get; init; } = new();

    /// <summary>Reads a whole configuration. Keys under <c>akka</c> that are not read here are left to Akka.</summary>
    /// <exception cref="ConfigurationException">An unknown key, or a value that does not fit.</exception>
    public static NodeSettings Read(ConfigSection root)
    {
        var akka = root.GetUncheckedSection("akka");
        var defaults = OptionsBinder.Bind<NodeSettings>(root.GetSection("nucypher"));
        var settings = defaults with
        {
            Akka = root.ToConfig(),
            MinimumLevel = ReadLogLevel(akka, defaults.MinimumLevel),
            ShutdownPhaseTimeout = akka.GetTimeSpan(
                "coordinated-shutdown.default-phase-timeout", defaults.ShutdownPhaseTimeout),
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
