using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>The actor runtime's settings under Akka's keys.</summary>
internal sealed record AkkaSettings
{
    /// <summary>From which level on the program logs; INFO: what an operator wants to know. One of DEBUG, INFO, WARNING, ERROR.</summary>
    public AkkaLogLevel Loglevel { get; init; } = AkkaLogLevel.Info;

    /// <summary>Key <c>actor</c>.</summary>
    public ActorSettings Actor { get; init; } = new();

    /// <summary>Key <c>persistence</c>.</summary>
    public PersistenceSettings Persistence { get; init; } = new();

    /// <summary>Key <c>coordinated-shutdown</c>.</summary>
    public ShutdownSettings CoordinatedShutdown { get; init; } = new();

    /// <summary>The log level in the logging library's words.</summary>
    public LogLevel MinimumLevel() => Loglevel switch
    {
        AkkaLogLevel.Debug => LogLevel.Debug,
        AkkaLogLevel.Info => LogLevel.Information,
        AkkaLogLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    /// <summary>The options of an actor system.</summary>
    public ActorSystemOptions ToOptions() => ActorSystemOptions.Default with
    {
        LogLevel = (ActorRuntime.LogLevel)Loglevel,
        AskTimeout = Actor.AskTimeout,
        MailboxCapacity = Actor.DefaultMailbox.MailboxCapacity,
        StashCapacity = Actor.DefaultMailbox.StashCapacity,
        MaxConcurrentRecoveries = Persistence.MaxConcurrentRecoveries,
        ShutdownPhaseTimeout = CoordinatedShutdown.DefaultPhaseTimeout,
    };

    /// <summary>Akka's levels, in the runtime's order.</summary>
    internal enum AkkaLogLevel
    {
        /// <summary>For those who look for a fault.</summary>
        Debug = ActorRuntime.LogLevel.DebugLevel,

        /// <summary>What an operator wants to know.</summary>
        Info = ActorRuntime.LogLevel.InfoLevel,

        /// <summary>Something is wrong, but handled.</summary>
        Warning = ActorRuntime.LogLevel.WarningLevel,

        /// <summary>Something failed.</summary>
        Error = ActorRuntime.LogLevel.ErrorLevel,
    }

    /// <summary>Key <c>akka.actor</c>.</summary>
    internal sealed record ActorSettings
    {
        /// <summary>The time limit of an ask that states none; 10 s, so that nothing hangs.</summary>
        public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(10);

        /// <summary>Key <c>default-mailbox</c>.</summary>
        public MailboxSettings DefaultMailbox { get; init; } = new();
    }

    /// <summary>Key <c>akka.actor.default-mailbox</c>.</summary>
    internal sealed record MailboxSettings
    {
        /// <summary>How many messages may wait for one actor; 100,000, a second's work of a busy actor. One more is dropped.</summary>
        public int MailboxCapacity { get; init; } = 100_000;

        /// <summary>How many messages one actor may stash; 10,000.</summary>
        public int StashCapacity { get; init; } = 10_000;
    }

    /// <summary>Key <c>akka.persistence</c>.</summary>
    internal sealed record PersistenceSettings
    {
        /// <summary>How many persistent actors read the journal at a time; 50, as Akka's.</summary>
        public int MaxConcurrentRecoveries { get; init; } = 50;
    }

    /// <summary>Key <c>akka.coordinated-shutdown</c>.</summary>
    internal sealed record ShutdownSettings
    {
        /// <summary>The time limit of one phase of a shutdown; 1 s (Akka: 5 s), so that all of it ends within 5 s of Ctrl-C.</summary>
        public TimeSpan DefaultPhaseTimeout { get; init; } = TimeSpan.FromSeconds(1);
    }
}
