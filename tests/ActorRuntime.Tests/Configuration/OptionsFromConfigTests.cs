using NuCypher.P2P.ActorRuntime.Configuration;
using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Configuration;

public sealed class OptionsFromConfigTests
{
    private const string Everything = """
        akka {
          loglevel = WARNING
          actor.ask-timeout = 3s
          actor.default-mailbox { mailbox-capacity = 7, stash-capacity = 8 }
          persistence.max-concurrent-recoveries = 9
          persistence.journal.sqlite { max-batch = 1, max-pending = 2, readers = 3, page-size = 4, checkpoint-delay = 5s }
          coordinated-shutdown.default-phase-timeout = 6s
        }
        """;

    [Fact]
    public void FromConfig_EveryKey_IsReadAndKnown()
    {
        var root = Hocon.Parse(Everything, "akka.hocon");
        var akka = root.GetSection("akka");

        var system = ActorSystemOptions.FromConfig(akka);
        var journal = SqliteJournalOptions.FromConfig(akka.GetSection("persistence.journal.sqlite"));

        root.RefuseUnknownKeys();
        Assert.Equal(
            ActorSystemOptions.Default with
            {
                LogLevel = LogLevel.WarningLevel,
                AskTimeout = TimeSpan.FromSeconds(3),
                MailboxCapacity = 7,
                StashCapacity = 8,
                MaxConcurrentRecoveries = 9,
                ShutdownPhaseTimeout = TimeSpan.FromSeconds(6),
            },
            system);
        Assert.Equal(
            new SqliteJournalOptions { MaxBatch = 1, MaxPending = 2, Readers = 3, PageSize = 4, CheckpointDelay = TimeSpan.FromSeconds(5) },
            journal);
    }

    [Fact]
    public void FromConfig_Nothing_IsTheDefault()
    {
        var empty = Hocon.Parse(string.Empty, "akka.hocon");

        Assert.Equal(ActorSystemOptions.Default, ActorSystemOptions.FromConfig(empty));
        Assert.Equal(SqliteJournalOptions.Default, SqliteJournalOptions.FromConfig(empty));
    }

    [Fact]
    public void FromConfig_UnknownLogLevel_NamesTheLine()
    {
        var akka = Hocon.Parse("\nloglevel = LOUD", "akka.hocon");

        Assert.Equal(2, Assert.Throws<ConfigurationException>(() => ActorSystemOptions.FromConfig(akka)).Line);
    }
}
