using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Benchmarks;

/// <summary>
/// How many events a second does a node's journal take, durable, when so many actors wait for theirs?
/// </summary>
/// <remarks><c>dotnet run -c Release --project bench/Benchmarks -- journal 1 100 1000</c></remarks>
internal static class JournalBench
{
    private const int Events = 20_000;

    public static async Task Run(IEnumerable<int> actorCounts)
    {
        foreach (var actors in actorCounts)
        {
            var folder = Directory.CreateTempSubdirectory("journal-bench-").FullName;
            using (var identity = Identity.Random(new OperatingSystemRandom()))
            using (var journal = NodeJournal.OpenOrCreate(folder, identity))
            {
                var system = SystemOf(journal);
                await Write(system, "warm-up", actors, Math.Max(actors, 1000), folder);
                await Write(system, "measured", actors, actors == 1 ? 2000 : Events, folder);
                await system.Terminate();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    public static ActorSystem SystemOf(NodeJournal journal)
    {
        var config = BootstrapSetup.Create().WithConfig(NodeConfig.Of(journal.Config, ConfigurationFactory.Empty));
        return ActorSystem.Create("bench", ActorSystemSetup.Create([config, .. journal.Setups]));
    }

    private static async Task Write(ActorSystem system, string round, int actors, int events, string folder)
    {
        using var done = new CountdownEvent(actors);
        var (each, start) = (events / actors, Stopwatch.GetTimestamp());
        for (var i = 0; i < actors; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{round}-{i}");
            system.ActorOf(ActorProps.Of(() => new Writer(id, each, done)));
        }

        await Task.Run(done.Wait);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var log = new FileInfo(Path.Combine(folder, "journal.db-wal"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{round,-9} {actors,5} actors {each * actors,6} events: {each * actors / seconds,7:N0} events/s, "
            + $"log {(log.Exists ? log.Length >> 10 : 0)} KiB"));
    }

    private sealed class Writer : ReceivePersistentActor
    {
        private int _left;

        public Writer(string id, int events, CountdownEvent done)
        {
            (PersistenceId, _left) = (id, events);
            RecoverAny(static _ => { });
            Command<Go>(go => Persist(new ArrangementLapsed(DateTimeOffset.UnixEpoch), _ =>
            {
                if (--_left > 0)
                    Self.Tell(go);
                else
                    done.Signal();
            }));
        }

        public override string PersistenceId { get; }

        protected override void PreStart() => Self.Tell(new Go());

        private sealed record Go;
    }
}
