using Akka.Configuration;
using NuCypher.P2P.Actors.Dispatching;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Actors.Scheduling;

namespace NuCypher.P2P.Actors.Hosting;

/// <summary>What a node's actor system must be, whatever a file of settings says or leaves out.</summary>
public static class NodeConfig
{
    /// <summary>Limits and levels where a file says nothing.</summary>
    public static Config Defaults { get; } = ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = INFO
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor {
            ask-timeout = 10s
            mailbox {
              kademlia.mailbox-capacity = 8192
              ursula.mailbox-capacity = 2048
              policy { mailbox-capacity = 256, stash-capacity = 256 }
              presence.mailbox-capacity = 256
              transport.mailbox-capacity = 8192
              mediation.mailbox-capacity = 1024
            }
          }
          coordinated-shutdown.default-phase-timeout = 1s
          persistence.max-concurrent-recoveries = 50
        }
        """);

    /// <summary>The kinds of scheduler, mailboxes and dispatchers: no file changes them.</summary>
    public static Config Recipe { get; } = ConfigurationFactory.ParseString($$"""
        akka {
          stdout-loglevel = OFF
          stdout-logger-class = "{{NameOf<SilentLogger>()}}"
          scheduler.implementation = "{{NameOf<NodeScheduler>()}}"
          actor {
            internal-dispatcher.executor = "default-executor"
            inline-dispatcher { type = "{{NameOf<InlineDispatcherConfigurator>()}}", throughput = 30 }
            mailbox {
              kademlia.mailbox-type = "{{NameOf<DroppingMailbox>()}}"
              ursula.mailbox-type = "{{NameOf<DroppingMailbox>()}}"
              policy.mailbox-type = "{{NameOf<DroppingMailbox>()}}"
              presence.mailbox-type = "{{NameOf<DroppingMailbox>()}}"
              transport.mailbox-type = "{{NameOf<DroppingMailbox>()}}"
              mediation.mailbox-type = "{{NameOf<DroppingMailbox>()}}"
            }
          }
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
        }
        """);

    /// <summary>The whole configuration of a node.</summary>
    /// <param name="journal">The journal's.</param>
    /// <param name="settings">What a file and the operator say.</param>
    public static Config Of(Config journal, Config settings) =>
        Recipe.WithFallback(journal).WithFallback(settings).WithFallback(Defaults);

    private static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
