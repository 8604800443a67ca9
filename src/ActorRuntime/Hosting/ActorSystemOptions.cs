using NuCypher.P2P.ActorRuntime.Configuration;

namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>What an actor system is built on, and its limits. Immutable, and shared between systems that differ in nothing.</summary>
public sealed record ActorSystemOptions
{
    /// <summary>The production defaults: thread pool, system clock, no journal.</summary>
    public static readonly ActorSystemOptions Default = new();

    /// <summary>Where mailboxes run; default the thread pool.</summary>
    public IDispatcher Dispatcher { get; init; } = ThreadPoolDispatcher.Instance;

    /// <summary>The clock of scheduler, timers and time limits; default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Draws the jitter of back-off; default the shared one of the process.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where persistent actors keep their events; null if there are none.</summary>
    public IJournal? Journal { get; init; }

    /// <summary>How events and snapshots become bytes; null if there are no persistent actors.</summary>
    public EventSerializers? Serializers { get; init; }

    /// <summary>How many messages may wait for one actor; default 100,000, a second's work of a busy actor.</summary>
    public int MailboxCapacity { get; init; } = 100_000;

    /// <summary>How many messages one actor may stash; default 10,000.</summary>
    public int StashCapacity { get; init; } = 10_000;

    /// <summary>How many persistent actors read the journal at a time; default 50, as Akka's.</summary>
    public int MaxConcurrentRecoveries { get; init; } = 50;

    /// <summary>The time limit of an ask that states none; default 10 s, so that nothing hangs.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time limit of a shutdown phase; default 5 s, as Akka's.</summary>
    public TimeSpan ShutdownPhaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Log events below this level are not made; default information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.InfoLevel;

    /// <summary>What happens to top-level actors that fail; default restart.</summary>
    public SupervisorStrategy GuardianStrategy { get; init; } = SupervisorStrategy.DefaultStrategy;

    /// <summary>What stands between actors and their timers: nothing, but where a test plants a bug to see whether it is found.</summary>
    internal Func<ITimerScheduler, ITimerScheduler> TimersOf { get; init; } = static timers => timers;

    /// <summary>The defaults, changed by what the block <c>akka</c> of a configuration says.</summary>
    /// <exception cref="ConfigurationException">A value makes no sense.</exception>
    public static ActorSystemOptions FromConfig(ConfigSection akka)
    {
        ArgumentNullException.ThrowIfNull(akka);
        return Default with
        {
            LogLevel = ReadLogLevel(akka),
            AskTimeout = akka.GetTimeSpan("actor.ask-timeout", Default.AskTimeout),
            MailboxCapacity = akka.GetInt32("actor.default-mailbox.mailbox-capacity", Default.MailboxCapacity, min: 1),
            StashCapacity = akka.GetInt32("actor.default-mailbox.stash-capacity", Default.StashCapacity, min: 1),
            MaxConcurrentRecoveries = akka.GetInt32("persistence.max-concurrent-recoveries", Default.MaxConcurrentRecoveries, min: 1),
            ShutdownPhaseTimeout = akka.GetTimeSpan("coordinated-shutdown.default-phase-timeout", Default.ShutdownPhaseTimeout),
        };
    }

    private static LogLevel ReadLogLevel(ConfigSection akka) => akka.GetString("loglevel") switch
    {
        null => Default.LogLevel,
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        _ => throw akka.Error("loglevel", "must be DEBUG, INFO, WARNING or ERROR."),
    };
}
