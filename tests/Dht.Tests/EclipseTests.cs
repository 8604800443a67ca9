using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>
/// Ids without keys, ground next to a map's key or spread everywhere, neither swallow the map nor roll it back.
/// </summary>
public sealed class EclipseTests(ITestOutputHelper output)
{
    private const int Honest = 200;

    [Theory, InlineData(1, 20, false), InlineData(2, 40, false), InlineData(3, 20, true), InlineData(8, 40, true)]
    public void GetRecord_NearestIdsHostileBeforePublication_IsFound(int seed, int count, bool hasOwnSubnets) =>
        PublishAmong(seed, Honest, (network, key) => SybilCluster.Near(network, key, count, hasOwnSubnets));

    [Theory, InlineData(4, 20, false), InlineData(5, 40, false), InlineData(6, 40, true), InlineData(7, 4, true)]
    public void GetRecord_NearestIdsReplayTheOldOne_IsTheNewest(int seed, int count, bool hasOwnSubnets) =>
        RenewAmong(seed, Honest, (network, key, old) =>
            SybilCluster.Near(network, key, count, hasOwnSubnets, old));

    [Theory, InlineData(21, 20), InlineData(22, 40)]
    [Trait("Category", "Long")]
    public void GetRecord_ThousandNodesAndHostileOnesBeforePublication_IsFound(int seed, int near) =>
        PublishAmong(seed, 1000, (network, key) => SybilCluster.Near(network, key, near, true));

    [Theory, InlineData(24, 20), InlineData(25, 40)]
    [Trait("Category", "Long")]
    public void GetRecord_ThousandNodesAndHostileOnesReplay_IsTheNewest(int seed, int near) =>
        RenewAmong(seed, 1000, (network, key, old) => SybilCluster.Near(network, key, near, true, old));

    // A fifth of all nodes, spread as evenly as the others, name only one another: before this was mended 12 of a
    // hundred readers found nothing, and 36 an old record.

    [Theory, InlineData(31, Deed.Swallow), InlineData(32, Deed.Hide), InlineData(33, Deed.Replay)]
    public void GetMap_FifthOfTheNodesHostile_IsTheNewest(int seed, Deed deed) => AmongAFifth(seed, Honest, deed, 0);

    [Theory, InlineData(34, Deed.Swallow), InlineData(35, Deed.Hide), InlineData(36, Deed.Replay)]
    [Trait("Category", "Long")]
    public void GetMap_FifthOfAThousandNodesHostile_IsTheNewest(int seed, Deed deed) =>
        AmongAFifth(seed, 1000, deed, 0);

    [Theory, InlineData(37, Deed.Swallow), InlineData(38, Deed.Hide), InlineData(39, Deed.Replay)]
    [Trait("Category", "Long")]
    public void GetMap_FifthOfTheNodesHostileForHours_IsTheNewest(int seed, Deed deed) =>
        AmongAFifth(seed, Honest, deed, 9);

    /// <summary>What hostile nodes do to a map.</summary>
    public enum Deed
    {
        /// <summary>They are there when it is published.</summary>
        Swallow,

        /// <summary>They come afterwards.</summary>
        Hide,

        /// <summary>They come before it is renewed, and go on to give the old one.</summary>
        Replay,
    }

    private void AmongAFifth(int seed, int honest, Deed deed, int calls)
    {
        const int Maps = 8;
        var network = new TestNetwork(seed);
        network.Grow(honest);
        var old = Records(1);
        var renewed = Records(2);
        if (deed != Deed.Swallow)
            Publish(deed == Deed.Hide ? renewed : old);
        var cluster = SybilCluster.Everywhere(network, honest / 4, deed == Deed.Replay ? Old : _ => null);
        cluster.Infiltrate();
        network.Pass(TimeSpan.FromMinutes(2));
        for (; calls > 0; calls--)
        {
            cluster.Infiltrate();
            network.Pass(TimeSpan.FromMinutes(20));
        }
        if (deed != Deed.Hide)
            Publish(renewed);

        RequireNewest(network, honest, renewed, readers: 25);

        VerifiedRecord[] Records(ulong sequence) => [.. Enumerable.Range(1, Maps).Select(number =>
            DigestSigner.Record(DigestSigner.Publisher(number), network.Now.AddDays(1), sequence))];

        byte[]? Old(NodeId key) =>
            Array.Find(old, record => record.Key == key) is { } known ? ValueStore.Encode(known) : null;

        void Publish(VerifiedRecord[] records)
        {
            for (var i = 0; i < records.Length; i++)
                network.Run(network.Nodes[5 + i], (core, now, id) => core.PublishRecord(now, id, records[i]));
        }
    }

    private void PublishAmong(int seed, int honest, Func<TestNetwork, NodeId, SybilCluster> come)
    {
        var network = new TestNetwork(seed);
        network.Grow(honest);
        var record = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1));
        var cluster = come(network, record.Key);
        cluster.Infiltrate();

        var stored = network.Run(network.Nodes[5], (core, now, id) => core.PublishRecord(now, id, record));

        Assert.True(stored is Stored { Acknowledged: >= 16 }, $"{stored}");
        Assert.InRange(cluster.Stores, 0, 4);
        RequireNewest(network, honest, [record]);
    }

    private void RenewAmong(int seed, int honest, Func<TestNetwork, NodeId, byte[], SybilCluster> come)
    {
        var network = new TestNetwork(seed);
        network.Grow(honest);
        var old = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1), sequence: 1);
        var renewed = DigestSigner.Record(DigestSigner.Publisher(1), network.Now.AddDays(1), sequence: 2);
        network.Run(network.Nodes[5], (core, now, id) => core.PublishRecord(now, id, old));
        come(network, old.Key, ValueStore.Encode(old)).Infiltrate();

        network.Run(network.Nodes[5], (core, now, id) => core.PublishRecord(now, id, renewed));

        RequireNewest(network, honest, [renewed]);
    }

    /// <summary>Of all readers, half of them clients that have just joined, 99 % find the very records.</summary>
    private void RequireNewest(TestNetwork network, int honest, VerifiedRecord[] records, int readers = 100)
    {
        var found = 0;
        foreach (var record in records)
        {
            for (var i = 0; i < readers; i++)
            {
                var outcome = Read(network, network.Nodes[network.Random.Next(honest)], i % 2 == 0, record.Key);
                if (outcome is RecordFound answer && answer.Record.Sequence == record.Sequence)
                    found++;
                else
                    output.WriteLine($"reader {i} of {record.Key}: {outcome}");
            }
        }
        var all = records.Length * readers;
        output.WriteLine($"{found} of {all} found the newest");
        Assert.InRange(found, 0.99 * all, all);
    }

    /// <summary>A node reads, or a client that joins through it.</summary>
    private static DhtOutcome Read(TestNetwork network, TestNode reader, bool isNew, NodeId key)
    {
        if (isNew)
        {
            var seed = reader.Address;
            reader = network.Add(new KademliaOptions { ClientMode = true });
            network.Run(reader, (core, now, id) => core.Bootstrap(now, id, [seed]));
        }
        return network.Run(reader, (core, now, id) => core.GetMap(now, id, key));
    }
}
