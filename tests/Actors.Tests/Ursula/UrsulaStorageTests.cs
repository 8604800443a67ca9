using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Services;
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
    public async Task Revoke_OnSqlite_LeavesNoCopyOfTheSealedKeyFragInAnyFile()
    {
        var now = DateTimeOffset.UtcNow;
        Grant? grant = null;

        await WithUrsula(send => grant = _parties.Grant("a", new(now.AddMinutes(-1), now.AddHours(1)), now, send));
        var stored = StoredKeyFrag();
        var before = Files().Any(bytes => bytes.AsSpan().IndexOf(stored) >= 0);
        await WithUrsula(send => Assert.Equal(ServiceStatus.Ok, send(_parties.Revocation(grant!, now)).Status));

        Assert.NotNull(grant);
        Assert.True(before);
        Assert.DoesNotContain(Files(), bytes => bytes.AsSpan().IndexOf(stored) >= 0);
    }

    [Fact]
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

    private byte[] StoredKeyFrag()
    {
        using var journal = SqliteJournal.Open(_folder);
        var found = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        journal.ReadPersistenceIds("policy-", null, 1, (ids, _) => journal.Replay(ids[0], 0, (entries, _) =>
        {
            var payload = entries.Single(entry => entry.Manifest == "kfrag-deposited/1").Payload;
            PolicyEvents.TryRead("kfrag-deposited/1", payload.Span, out var deposited);
            found.SetResult(((KeyFragDeposited)deposited!).StoredKeyFrag.ToArray());
        }));
        Assert.True(found.Task.Wait(Limit));
        return found.Task.Result;
    }

    private IEnumerable<byte[]> Files() => Directory.GetFiles(_folder).Where(f => new FileInfo(f).Length > 0).Select(File.ReadAllBytes);

    private async Task WithUrsula(Action<Func<ServiceRequest, ServiceReply>> use)
    {
        using var journal = SqliteJournal.Open(_folder);
        var system = ActorSystem.Create("node", new ActorSystemOptions { Journal = journal, Serializers = PolicySerializers.Create() });
        var keys = _parties.Ursula.Proxy;
        var ursula = system.ActorOf(ActorProps.Of(() => new UrsulaActor(
            keys, new UrsulaOptions(), new UrsulaActorOptions(), new OperatingSystemRandom(), ActorRefs.Nobody)), "ursula");
        await Recovered(ursula);
        use(request => ursula.Ask<ServiceReply>(request, Limit).GetAwaiter().GetResult());
        await system.Terminate();
    }

    private static async Task Recovered(IActorRef ursula)
    {
        while (!(await ursula.Ask<UrsulaState>(new GetUrsulaState(), Limit)).IsRecovered)
            await Task.Yield();
    }
}
