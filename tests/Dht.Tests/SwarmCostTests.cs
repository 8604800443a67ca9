using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>What operations cost in a network of 200 nodes on fast lines: datagrams and time, virtual both.</summary>
public sealed class SwarmCostTests(ITestOutputHelper output)
{
    private const int Count = 200;

    [Theory, InlineData(1)]
    public void Everything_TwoHundredNodes_CostsNoMoreThanItShould(int seed)
    {
        var network = new TestNetwork(seed) { Latency = (0.05, 0.15) };
        network.Grow(Count);
        Require("datagrams of a join", network.Datagrams / (double)Count, atMost: 100);

        var keys = new List<NodeId>();
        Require("datagrams of a set", Cost(network, 200, i => Publish(network, i, keys)), atMost: 90);
        Require("datagrams of a get", Cost(network, 600, i => Get(network, keys[i % keys.Count])), atMost: 8);
        Require("datagrams of a miss", Cost(network, 200, _ => Miss(network)), atMost: 32);

        foreach (var node in network.Nodes.Skip(1).Where((_, i) => i % 5 == 0))
            node.IsDead = true;
        var gets = network.RunMany(600, 32, i => Get(network, keys[i % keys.Count]));
        var misses = network.RunMany(200, 32, _ => Miss(network));

        Assert.Equal(600, gets.Count(get => get.Outcome is RecordFound));
        Require("ms of a get with a fifth dead, p99", Quantile(gets, 0.99), atMost: 40);
        Require("ms of a miss with a fifth dead, p50", Quantile(misses, 0.5), atMost: 300);
    }

    [Theory, InlineData(2)]
    public void Upkeep_TwoHundredNodes_CostsLittleWhileNobodyAsksAndNoMoreThanWhatIsHandedOut(int seed)
    {
        const int Minutes = 10;
        var network = new TestNetwork(seed);
        network.Grow(Count);
        network.Pass(TimeSpan.FromMinutes(15)); // spare contacts find their places meanwhile

        var before = network.Datagrams;
        network.Pass(TimeSpan.FromMinutes(Minutes));
        var quiet = (network.Datagrams - before) / (double)(Count * Minutes);
        Require("datagrams a node and minute, quiet", quiet, atMost: 6);

        before = network.Datagrams;
        for (var i = 0; i < Minutes * 20; i++)
        {
            network.Start(Anyone(network), (core, now, id) => core.FindClosest(now, id, NodeId.Random(network.Random)));
            network.Pass(TimeSpan.FromSeconds(3));
        }
        var perMinute = (network.Datagrams - before) / (double)(Count * Minutes);
        Require("datagrams a node and minute, 20 lookups a minute", perMinute, atMost: 50);
    }

    private static double Quantile(List<(DhtOutcome Outcome, TimeSpan Time)> results, double share) =>
        results.Select(result => result.Time.TotalMilliseconds).Order().ElementAt((int)(share * results.Count));

    private static double Cost(
        TestNetwork network, int count, Func<int, (TestNode, Operation)> next)
    {
        var before = network.Datagrams;
        network.RunMany(count, 1, next);
        return (network.Datagrams - before) / (double)count;
    }

    private static (TestNode, Operation) Publish(
        TestNetwork network, int number, List<NodeId> keys)
    {
        var record = DigestSigner.Record(DigestSigner.Publisher(number), network.Now.AddDays(1));
        keys.Add(record.Key);
        return (Anyone(network), (core, now, id) => core.PublishRecord(now, id, record));
    }

    private static (TestNode, Operation) Get(TestNetwork network, NodeId key) =>
        (Anyone(network), (core, now, id) => core.GetRecord(now, id, key));

    private static (TestNode, Operation) Miss(TestNetwork network) =>
        (Anyone(network), (core, now, id) => core.GetRecord(now, id, NodeId.Random(network.Random)));

    private static TestNode Anyone(TestNetwork network)
    {
        var living = network.Living.ToArray();
        return living[network.Random.Next(living.Length)];
    }

    private void Require(string what, double figure, double atMost)
    {
        output.WriteLine($"{what}: {figure:F2}");
        Assert.True(figure <= atMost, $"{what}: {figure:F2}, more than {atMost}");
    }
}
