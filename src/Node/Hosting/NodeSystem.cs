using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Hosting;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Logging;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>How a node's actor system is composed, with Akka.Hosting and without.</summary>
internal static class NodeSystem
{
    /// <summary>The settings of the node and of its journal.</summary>
    public static AkkaConfigurationBuilder WithNode(
        this AkkaConfigurationBuilder akka, NodeJournal journal, NodeSettings settings)
    {
        akka.AddHocon(NodeConfig.Of(journal.Config, settings.Akka), HoconAddMode.Prepend);
        foreach (var setup in journal.Setups)
            akka.AddSetup(setup);
        return akka;
    }

    /// <summary>What actors log goes to the program's log, without the frame that Akka puts around it.</summary>
    public static AkkaConfigurationBuilder WithNodeLog(this AkkaConfigurationBuilder akka, ILoggerFactory logs) => akka
        .ConfigureLoggers(loggers => loggers.ClearLoggers())
        .AddStartup((system, _) => system.ActorOf(ActorProps.Of(() => new LogWriterActor(logs)), "log"));

    /// <summary>An actor system without a host, for a command that needs one actor for a moment.</summary>
    public static ActorSystem Create(string name, NodeJournal journal, NodeSettings settings)
    {
        var quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, loggers = [] }");
        var config = quiet.WithFallback(NodeConfig.Of(journal.Config, settings.Akka));
        return ActorSystem.Create(
            name, ActorSystemSetup.Create([BootstrapSetup.Create().WithConfig(config), .. journal.Setups]));
    }
}
