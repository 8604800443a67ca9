using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>Keyless ids ground next to a map's key: they neither swallow the map nor roll it back.</summary>
public sealed class EclipseTests
{
    private const int Honest = 300;

    [Theory, InlineData(1, 20, false), InlineData(2, 40, false), InlineData(3, 40, true)]
    public void GetRecord_NearestIdsHostileBeforePublication_IsFound(int seed, int count, bool hasOwnSubnets)
    {
        var network = new TestNetwork(seed);
        network.Grow(Honest);
        var record = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1));
        var cluster = new SybilCluster(network, record.Key, count, hasOwnSubnets);
        cluster.Infiltrate();

        var stored = network.Run(network.Nodes[5], (core, now, id) => core.PublishRecord(now, id, record));

        Assert.True(stored is Stored { Acknowledged: >= 16 }, $"{stored}");
        Assert.InRange(cluster.Stores, 0, 5); // a quarter of the copies
        Assert.InRange(Newest(network, record), hasOwnSubnets ? 18 : 20, 20);
    }

    [Theory, InlineData(4, 20, false), InlineData(5, 40, false), InlineData(6, 40, true), InlineData(7, 4, true)]
    public void GetRecord_NearestIdsReplayTheOldOneAfterPublication_IsTheNewest(int seed, int count, bool hasOwnSubnets)
    {
        var network = new TestNetwork(seed);
        network.Grow(Honest);
        var old = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1), sequence: 1);
        var renewed = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1), sequence: 2);
        network.Run(network.Nodes[5], (core, now, id) => core.PublishRecord(now, id, old));
        var cluster = new SybilCluster(network, old.Key, count, hasOwnSubnets) { Replays = ValueStore.Encode(old) };
        cluster.Infiltrate();

        network.Run(network.Nodes[5], (core, now, id) => core.PublishRecord(now, id, renewed));

        Assert.Equal(20, Newest(network, renewed));
    }

    /// <summary>How many of twenty, half of them clients that have just joined, find that very record.</summary>
    private static int Newest(TestNetwork network, VerifiedRecord record)
    {
        var found = 0;
        for (var i = 0; i < 20; i++)
        {
            var reader = network.Nodes[network.Random.Next(Honest)];
            if (i % 2 == 0)
            {
                var seed = reader.Address;
                reader = network.Add(new KademliaOptions { ClientMode = true });
                network.Run(reader, (core, now, id) => core.Bootstrap(now, id, [seed]));
            }
            var outcome = network.Run(reader, (core, now, id) => core.GetRecord(now, id, record.Key));
            found += outcome is RecordFound answer && answer.Record.Sequence == record.Sequence ? 1 : 0;
        }
        return found;
    }
}
