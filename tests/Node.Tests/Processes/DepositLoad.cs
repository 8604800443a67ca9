using System.Collections.Concurrent;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Deposits at one Ursula as fast as she takes them, and whether she still serves them.</summary>
internal sealed class DepositLoad : IAsyncDisposable
{
    /// <summary>Most deposits of one round.</summary>
    public const int MaxDeposits = 3_000;

    private const int Workers = 16;

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = Workers };

    private readonly ActorSystem _system = ActorSystem.Create("load");
    private readonly SessionDriver _driver;

    public DepositLoad(ServiceTarget ursula)
    {
        var options = new HttpsLinkOptions { MaxConnectionsPerTarget = Workers };
        _driver = new SessionDriver(_system.ActorOf(ActorProps.Of(() => new HttpsLinkActor(options))), ursula);
    }

    /// <summary>What a node takes that is to be loaded.</summary>
    public static string[] NoRateLimit { get; } =
        ["--set", "nucypher.https.requests-per-second=1000000", "--set", "nucypher.https.request-burst=1000000"];

    /// <summary>Deposits until so many are acknowledged, and kills the process then, in the middle of others.</summary>
    public async Task<Deposits> UntilKilledAsync(NodeProcess ursula, int killAfter)
    {
        var deposits = new Deposits();
        Task? kill = null;
        await Parallel.ForEachAsync(Enumerable.Range(0, MaxDeposits), AtOnce, async (i, _) =>
        {
            if (Volatile.Read(ref kill) is not null)
                return;
            using var session = SessionOf(PolicyLabel.Parse($"label-{i}"), deposits);
            if (await _driver.GrantAsync(session) is { } grant)
                deposits.Acknowledged.Add(grant);
            if (deposits.Acknowledged.Count >= killAfter
                && Interlocked.CompareExchange(ref kill, Task.CompletedTask, null) is null)
                await ursula.KillAsync();
        });
        return deposits;
    }

    /// <summary>What was acknowledged and isn't served, and what came instead.</summary>
    public async Task<IReadOnlyCollection<string>> LostAsync(Deposits deposits)
    {
        var lost = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(deposits.Acknowledged, AtOnce, async (grant, _) =>
        {
            if (await EndOfAsync(() => RetrievalOf(grant, deposits)) is not RetrievalFinished and var end)
                lost.Add($"{grant.Label.Text}: {end}");
        });
        return lost;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    /// <summary>
    /// How a retrieval ends, asked again where a busy machine let a call run out of its time: what is lost is lost each
    /// time.
    /// </summary>
    private async Task<object> EndOfAsync(Func<Retrieval> retrieval)
    {
        object end = await _driver.RetrieveAsync(retrieval());
        for (var i = 0; i < 5 && end is not RetrievalFinished; i++)
            end = await _driver.RetrieveAsync(retrieval());
        return end;
    }

    private static GrantSession SessionOf(PolicyLabel label, Deposits deposits)
    {
        var now = TimeProvider.System.GetUtcNow();
        var terms = new GrantTerms(label, deposits.Bob.BobCard, 1, 1, new Validity(now, now.AddHours(1)));
        var options = new GrantOptions { MaxFruitlessSearches = 1 }; // there is one Ursula, and no clock to wait by
        return new GrantSession(terms, null, deposits.Alice, options, now, new OperatingSystemRandom());
    }

    private static Retrieval RetrievalOf(Grant grant, Deposits deposits)
    {
        var random = new OperatingSystemRandom();
        var (capsule, key) = ProxyReencryption.Encapsulate(grant.PolicyKey, random);
        key.Dispose();
        return new Retrieval(
            MapOf(grant, deposits.Bob), deposits.Alice.VerifyingKey, grant.Hrac, deposits.Bob, [capsule],
            new RetrievalOptions(), TimeProvider.System.GetUtcNow(), random);
    }

    private static TreasureMap MapOf(Grant grant, Identity bob)
    {
        Assert.True(SignedRecord.TryRead(grant.MapRecord.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(EncryptedTreasureMap.TryRead(verified, out var encrypted, out _));
        Assert.True(encrypted.TryOpen(bob.DecryptingKey, out var map, out _));
        return map;
    }

    /// <summary>What one Alice granted one Bob.</summary>
    internal sealed class Deposits : IDisposable
    {
        public Identity Alice { get; } = Identity.Random(new OperatingSystemRandom());

        public Identity Bob { get; } = Identity.Random(new OperatingSystemRandom());

        public ConcurrentBag<Grant> Acknowledged { get; } = [];

        public void Dispose()
        {
            Alice.Dispose();
            Bob.Dispose();
        }
    }
}
