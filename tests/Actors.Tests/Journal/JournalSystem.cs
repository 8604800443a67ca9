using Akka.Actor.Setup;
using Akka.Configuration;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Actors.Tests.Journal;

/// <summary>Real actor systems on a journal.</summary>
internal static class JournalSystem
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static ActorSystem Create(NodeJournal journal, string settings = "")
    {
        var config = ConfigurationFactory.ParseString(settings).WithFallback(
            NodeConfig.Of(journal.Config, ConfigurationFactory.Empty));
        return ActorSystem.Create(
            "journal", ActorSystemSetup.Create([BootstrapSetup.Create().WithConfig(config), .. journal.Setups]));
    }
}
