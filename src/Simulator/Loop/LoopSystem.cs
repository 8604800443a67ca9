using Akka.Actor.Internal;
using Akka.Configuration;
using NuCypher.P2P.Actors.Mailboxes;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// The actor system of one world: real Akka.NET, whose dispatchers, mailboxes, scheduler and journal are the loop's.
/// </summary>
/// <remarks>
/// One for all nodes: each is a subtree of its own. It is never terminated, because that takes the thread pool; it is
/// let go of with its world.
/// </remarks>
public sealed class LoopSystem
{
    [ThreadStatic]
    private static DeterministicLoop? _starting;

    /// <summary>
    /// What stands in for the production's HOCON: sizes of mailboxes are the same. Without a journal.
    /// </summary>
    internal static readonly Config Settings = ConfigurationFactory.ParseString($$"""
        akka {
          loggers = []
          loglevel = WARNING
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown {
            terminate-actor-system = off
            run-by-actor-system-terminate = off
            run-by-clr-shutdown-hook = off
          }
          scheduler.implementation = {{NameOf<LoopScheduler>()}}
          actor {
            default-dispatcher.type = {{NameOf<LoopDispatcherConfigurator>()}}
            internal-dispatcher.type = {{NameOf<LoopDispatcherConfigurator>()}}
            default-blocking-io-dispatcher.type = {{NameOf<LoopDispatcherConfigurator>()}}
            default-mailbox {
              mailbox-type = {{NameOf<LoopMailbox>()}}
              mailbox-capacity = {{int.MaxValue}}
            }
            mailbox {
              unbounded-queue-based.mailbox-type = {{NameOf<LoopMailbox>()}}
              bounded-queue-based.mailbox-type = {{NameOf<LoopMailbox>()}}
              unbounded-deque-based.mailbox-type = {{NameOf<LoopMailbox>()}}
              bounded-deque-based.mailbox-type = {{NameOf<LoopMailbox>()}}
            }
          }
          {{Bounded(MailboxNames.Kademlia, 8192)}}
          {{Bounded(MailboxNames.Ursula, 2048)}}
          {{Bounded(MailboxNames.Policy, 256)}}
          {{Bounded(MailboxNames.Presence, 256)}}
          {{Bounded(MailboxNames.Transport, 8192)}}
        }
        """);

    private readonly ActorSystemImpl _system;

    /// <summary>Starts the system of a world.</summary>
    /// <param name="loop">Where its actors run.</param>
    /// <param name="settings">This class's, and a journal's.</param>
    internal LoopSystem(DeterministicLoop loop, Config settings)
    {
        _starting = loop;
        try
        {
            _system = (ActorSystemImpl)ActorSystem.Create("world", settings);
        }
        finally
        {
            _starting = null;
        }
    }

    /// <summary>The system. What is started by it belongs to no machine.</summary>
    public ActorSystem System => _system;

    /// <summary>Its scheduler.</summary>
    internal LoopScheduler Scheduler => (LoopScheduler)_system.Scheduler;

    /// <summary>
    /// The loop of the system that this thread is starting: Akka makes its parts with nothing but their configuration.
    /// </summary>
    internal static DeterministicLoop Starting =>
        _starting ?? throw new InvalidOperationException("The loop's parts are for the actor system of a world only.");

    /// <summary>Where the first actors of a machine's process are made.</summary>
    /// <param name="name">Of no other in the world.</param>
    internal MachineRef Root(string name) => new(_system, _system.Provider.RootPath / name);

    /// <summary>A class, as settings name it.</summary>
    internal static string NameOf<T>() => $"\"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}\"";

    private static string Bounded(string mailbox, int capacity) =>
        $"{mailbox["akka.".Length..]} {{\n mailbox-type = {NameOf<LoopMailbox>()}\n "
        + $"mailbox-capacity = {capacity}\n stash-capacity = {capacity}\n }}";
}
