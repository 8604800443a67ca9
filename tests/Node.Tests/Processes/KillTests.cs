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

/// <summary>What an Ursula has acknowledged survives SIGKILL at any moment.</summary>
public sealed class KillTests
{
    private const int Deposits = 1_000;
    private const int KillAfter = 300;
    private const int Workers = 16;

    private static readonly string[] NoRateLimit =
        ["--set", "nucypher.https.requests-per-second=1000000", "--set", "nucypher.https.request-burst=1000000"];

    [Fact]
    [Trait("Row", "NW-15")]
    public async Task Kill_DuringAThousandDeposits_LosesNoneThatWasAcknowledged()
    {
        var acknowledged = await KillAsync([KillAfter]);

        Assert.InRange(acknowledged, KillAfter, Deposits - 1);
    }

    [Theory, InlineData(1), Trait("Category", "Long")]
    [Trait("Row", "NW-15")]
    public async Task Kill_TenTimesUnderLoad_LosesNoneOfThousandsThatWereAcknowledged(int seed)
    {
        var random = new Random(seed);
        var acknowledged = await KillAsync([.. Enumerable.Range(0, 10).Select(_ => random.Next(100, 600))]);

        Assert.InRange(acknowledged, 2_000, 10 * Deposits);
        TestContext.Current.TestOutputHelper!.WriteLine($"{acknowledged} acknowledged, 10 times killed, 0 lost");
    }

    /// <summary>
    /// Kills a node that takes deposits, once it has acknowledged so many; after each restart it serves all of them.
    /// </summary>
    /// <returns>How many it acknowledged in all.</returns>
    private static async Task<int> KillAsync(int[] killAfter)
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeFolder.CreateAsync(folder, "ursula");
        await node.StartAsync(NoRateLimit);
        var system = ActorSystem.Create("kill");
        var link = system.ActorOf(
            ActorProps.Of(() => new HttpsLinkActor(new HttpsLinkOptions { MaxConnectionsPerTarget = Workers })));
        var driver = new SessionDriver(link, await node.TargetAsync());
        var total = 0;
        foreach (var after in killAfter)
        {
            using var alice = Identity.Random(new OperatingSystemRandom());
            using var bob = Identity.Random(new OperatingSystemRandom());
            var acknowledged = await DepositUntilKilledAsync(node, driver, alice, bob, after);
            total += acknowledged.Count;
            await node.StartAsync(NoRateLimit);
            await node.StatusWhenAsync(s => s.GetProperty("policiesHeld").GetInt32() >= total);
            var lost = new ConcurrentBag<string>();
            var few = new ParallelOptions { MaxDegreeOfParallelism = Workers };
            await Parallel.ForEachAsync(acknowledged, few, async (grant, _) =>
            {
                if (await EndOfAsync(driver, () => RetrievalOf(grant, alice, bob)) is not RetrievalFinished and var end)
                    lost.Add($"{grant.Label.Text}: {end}");
            });
            Assert.Empty(lost);
        }
        await system.Terminate();
        return total;
    }

    /// <summary>
    /// How a retrieval ends, asked again where a busy machine let a call run out of its time: what is lost is lost each
    /// time.
    /// </summary>
    private static async Task<object> EndOfAsync(SessionDriver driver, Func<Retrieval> retrieval)
    {
        object end = await driver.RetrieveAsync(retrieval());
        for (var i = 0; i < 5 && end is not RetrievalFinished; i++)
            end = await driver.RetrieveAsync(retrieval());
        return end;
    }

    private static async Task<IReadOnlyCollection<Grant>> DepositUntilKilledAsync(
        NodeFolder node, SessionDriver driver, Identity alice, Identity bob, int killAfter)
    {
        var acknowledged = new ConcurrentBag<Grant>();
        Task? kill = null;
        await Parallel.ForEachAsync(Enumerable.Range(
            0, Deposits), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (i, _) =>
        {
            using var session = SessionOf(PolicyLabel.Parse($"label-{i}"), alice, bob);
            if (await driver.GrantAsync(session) is { } grant)
                acknowledged.Add(grant);
            if (acknowledged.Count >= killAfter && Interlocked.CompareExchange(
                ref kill, Task.CompletedTask, null) is null)
                await node.Process.KillAsync();
        });
        return acknowledged;
    }

    private static GrantSession SessionOf(PolicyLabel label, Identity alice, Identity bob)
    {
        var now = TimeProvider.System.GetUtcNow();
        var terms = new GrantTerms(label, bob.BobCard, 1, 1, new Validity(now, now.AddHours(1)));
        var options = new GrantOptions { MaxFruitlessSearches = 1 }; // there is one Ursula, and no clock to wait by
        return new GrantSession(terms, null, alice, options, now, new OperatingSystemRandom());
    }

    private static Retrieval RetrievalOf(Grant grant, Identity alice, Identity bob)
    {
        var random = new OperatingSystemRandom();
        var (capsule, key) = ProxyReencryption.Encapsulate(grant.PolicyKey, random);
        key.Dispose();
        return new Retrieval(
            MapOf(grant, bob), alice.VerifyingKey, grant.Hrac, bob, [capsule], new RetrievalOptions(),
            TimeProvider.System.GetUtcNow(), random);
    }

    private static TreasureMap MapOf(Grant grant, Identity bob)
    {
        Assert.True(SignedRecord.TryRead(grant.MapRecord.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(EncryptedTreasureMap.TryRead(verified, out var encrypted, out _));
        Assert.True(encrypted.TryOpen(bob.DecryptingKey, out var map, out _));
        return map;
    }
}
