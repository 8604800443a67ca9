using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Actors.Tests.Journal;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>What lies in the files of a real SQLite database while a policy lives, and after its end.</summary>
public sealed class UrsulaStorageTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("ursula-").FullName;
    private readonly PolicyParties _parties = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Row", "NW-15"), Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public async Task Revoke_OnSqlite_LeavesNoCopyOfTheSealedKeyFragInAnyFile()
    {
        var now = DateTimeOffset.UtcNow;
        Grant? grant = null;

        await WithUrsula(send => grant = _parties.Grant("a", new(now.AddMinutes(-1), now.AddHours(1)), now, send));
        var stored = await StoredKeyFrag();
        var before = Files().Any(bytes => bytes.AsSpan().IndexOf(stored) >= 0);
        await WithUrsula(send => Assert.Equal(ServiceStatus.Ok, send(_parties.Revocation(grant!, now)).Status));

        Assert.NotNull(grant);
        Assert.True(before);
        Assert.DoesNotContain(Files(), bytes => bytes.AsSpan().IndexOf(stored) >= 0);
    }

    [Fact]
    [Trait("Row", "AC-04")]
    public async Task Deposit_OnSqlite_NeverWritesTheKeyFragInTheClear()
    {
        var now = DateTimeOffset.UtcNow;
        var deposits = new List<ReadOnlyMemory<byte>>();

        await WithUrsula(send => _parties.Grant("a", new(now.AddMinutes(-1), now.AddHours(1)), now, request =>
        {
            deposits.Add(request.Body);
            return send(request);
        }));

        var kfrag = _parties.OpenKeyFrag(deposits[^1]);
        Assert.DoesNotContain(Files(), bytes => bytes.AsSpan().IndexOf(kfrag.AsSpan(73, 32)) >= 0);
    }

    private async Task<byte[]> StoredKeyFrag()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _parties.Ursula);
        var history = Assert.Single(await journal.Catalog.ReadAsync("policy-", null, 2));
        var deposited = history.Events.Single(
            stored => JournalEvents.Read(stored.Manifest, stored.Payload.Span) is KeyFragDeposited);
        return (await journal.BytesAtRestAsync(history.PersistenceId, deposited.SequenceNr))!;
    }

    private IEnumerable<byte[]> Files() =>
        Directory.GetFiles(_folder).Where(f => new FileInfo(f).Length > 0).Select(File.ReadAllBytes);

    private async Task WithUrsula(Action<Func<ServiceRequest, ServiceReply>> use)
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _parties.Ursula);
        var system = JournalSystem.Create(journal);
        var keys = _parties.Ursula.Proxy;
        var ursula = system.ActorOf(ActorProps.Of(() => new UrsulaActor(
            keys, new UrsulaOptions(), new UrsulaActorOptions(), new OperatingSystemRandom(), ActorRefs.Nobody,
            journal.Catalog, ActorRefs.Nobody)), "ursula");
        await Recovered(ursula);
        use(request => ursula.Ask<ServiceReply>(request, Limit).GetAwaiter().GetResult());
        // what is over leaves memory once its past is deleted
        await When(ursula, state => state.Tombstones == 0 || state.Active == 0);
        await system.Terminate();
    }

    private static Task Recovered(IActorRef ursula) => When(ursula, state => state.IsRecovered);

    private static async Task When(IActorRef ursula, Predicate<UrsulaState> condition)
    {
        while (!condition(await ursula.Ask<UrsulaState>(new GetUrsulaState(), Limit)))
            await Task.Yield();
    }
}
