using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.ActorRuntime.Tests.Contract;

namespace NuCypher.P2P.ActorRuntime.Tests.Hosting;

/// <summary>Persistent actors on the real journal, on real threads.</summary>
public sealed class SqlitePersistenceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Actors_ManyPersistAndRestart_LoseNothing()
    {
        const int Actors = 200;
        const int Numbers = 20;
        await WithActors(Actors, async actors =>
        {
            for (var i = 1; i <= Numbers; i++)
                Array.ForEach(actors, actor => actor.Tell((long)i));
            Assert.All(await Sums(actors), sum => Assert.Equal(Numbers * (Numbers + 1) / 2, sum));
        });

        await WithActors(Actors, async actors =>
            Assert.All(await Sums(actors), sum => Assert.Equal(Numbers * (Numbers + 1) / 2, sum)));
    }

    private static async Task<long[]> Sums(IActorRef[] actors) =>
        await Task.WhenAll(actors.Select(actor => actor.Ask<long>("sum", Limit)));

    private async Task WithActors(int count, Func<IActorRef[], Task> use)
    {
        using var journal = SqliteJournal.Open(_folder);
        var system = ActorSystem.Create("sqlite", new ActorSystemOptions { Journal = journal, Serializers = TestSerializers.Create() });
        await use([.. Enumerable.Range(0, count).Select(i => system.ActorOf(Props.Create(() => new Adder(i))))]);
        await system.Terminate().WaitAsync(Limit);
    }

    private sealed class Adder : ReceivePersistentActor
    {
        private long _sum;

        public Adder(int number)
        {
            PersistenceId = FormattableString.Invariant($"adder-{number}");
            Recover<long>(value => _sum += value);
            Command<long>(value => Persist(value, stored => _sum += stored));
            Command<string>(_ => Sender.Tell(_sum));
        }

        public override string PersistenceId { get; }
    }
}
