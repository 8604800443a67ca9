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
    [Trait("Row", "AC-05"), Trait("Row", "PO-02")]
    public async Task Expire_ManyOutOfMemoryOnSqlite_LeavesTombstonesAndNoCopyOfAnySealedKeyFrag()
    {
        var now = DateTimeOffset.UtcNow;
        await WithUrsula(send =>
        {
            for (var i = 0; i < 12; i++)
                Assert.NotNull(_parties.Grant($"label-{i}", new(now.AddMinutes(-1), now.AddHours(1)), now, send));
            _parties.Grant("later", new(now.AddMinutes(-1), now.AddHours(9)), now, send);
        });
        var stored = await StoredKeyFrags();
        byte[][] over = [.. stored.Where(s => s.Event is { Validity.NotAfter: var end } && end < now.AddHours(2))
            .Select(s => s.Bytes)];
        byte[] lives = stored.Single(s => s.Event.Validity.NotAfter > now.AddHours(2)).Bytes;

        using (var journal = NodeJournal.OpenOrCreate(_folder, _parties.Ursula))
            await EndAllAsync(journal, now.AddHours(1));
        var histories = await HistoriesAsync();

        Assert.Equal(12, over.Length);
        Assert.DoesNotContain(Files(), bytes => over.Any(o => bytes.AsSpan().IndexOf(o) >= 0));
        Assert.Contains(Files(), bytes => bytes.AsSpan().IndexOf(lives) >= 0);
        Assert.Equal(12, histories.Count(h => h.Events is [{ SequenceNr: 3, Manifest: "policy-expired/2" }]));
        Assert.Single(histories, h => h.Events is [_, { Manifest: "kfrag-deposited/3" }]);
    }

    [Fact]
    public async Task End_HistoryThatHasGoneOn_FailsAndChangesNothing()
    {
        var now = DateTimeOffset.UtcNow;
        await WithUrsula(send =>
        {
            foreach (var label in new[] { "a", "b" })
                _parties.Grant(label, new(now.AddMinutes(-1), now.AddHours(1)), now, send);
        });
        using var journal = NodeJournal.OpenOrCreate(_folder, _parties.Ursula);
        var before = await journal.Catalog.ReadAsync("policy-", null, 10);
        HistoryEnd[] ends = [new(before[0].PersistenceId, 2, null), new(before[1].PersistenceId, 1, null)];

        await Assert.ThrowsAsync<InvalidOperationException>(() => journal.Catalog.EndAsync(ends));

        Assert.Equal([2, 2], (await journal.Catalog.ReadAsync("policy-", null, 10)).Select(h => h.Events.Count));
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

    private async Task<byte[]> StoredKeyFrag() => Assert.Single(await StoredKeyFrags()).Bytes;

    private async Task<List<(KeyFragDeposited Event, byte[] Bytes)>> StoredKeyFrags()
    {
        using var journal = NodeJournal.OpenOrCreate(_folder, _parties.Ursula);
        var found = new List<(KeyFragDeposited, byte[])>();
        foreach (var history in await journal.Catalog.ReadAsync("policy-", null, 100))
        {
            foreach (var stored in history.Events)
            {
                if (JournalEvents.Read(stored.Manifest, stored.Payload.Span) is KeyFragDeposited deposited)
                    found.Add((deposited, (await journal.BytesAtRestAsync(history.PersistenceId, stored.SequenceNr))!));
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<StoredHistory>> HistoriesAsync()
    {
        using var journal = NodeJournal.Open(_folder, _parties.Ursula); // all its rows are looked at, and their total
        return await journal.Catalog.ReadAsync("policy-", null, 100);
    }

    /// <summary>Ends what is over then as an Ursula does, without waiting for that time.</summary>
    private async Task EndAllAsync(NodeJournal journal, DateTimeOffset reached)
    {
        var histories = new PolicyHistories(_parties.Ursula.Proxy, new UrsulaOptions());
        var ends = new List<HistoryEnd>();
        string[] ids = [.. (await journal.Catalog.ReadAsync("policy-", null, 100)).Select(h => h.PersistenceId)];
        foreach (var history in await journal.Catalog.ReadAsync(ids))
        {
            Assert.True(PolicyActor.TryReadId(history.PersistenceId, out var id));
            if (histories.TryEnd(id, history, reached, new OperatingSystemRandom(), out var end, out _))
                ends.Add(end);
        }

        await journal.Catalog.EndAsync(ends);
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
