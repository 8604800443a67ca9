using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>Keyless ids ground next to a map's key neither swallow the map nor roll it back.</summary>
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
        RequireNewest(network, honest, record);
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

        RequireNewest(network, honest, renewed);
    }

    /// <summary>Of a hundred, half of them clients that have just joined, 99 find that very record.</summary>
    private void RequireNewest(TestNetwork network, int honest, VerifiedRecord record)
    {
        const int Readers = 100;
        var found = 0;
        for (var i = 0; i < Readers; i++)
        {
            var reader = network.Nodes[network.Random.Next(honest)];
            if (i % 2 == 0)
            {
                var seed = reader.Address;
                reader = network.Add(new KademliaOptions { ClientMode = true });
                network.Run(reader, (core, now, id) => core.Bootstrap(now, id, [seed]));
            }
            var outcome = network.Run(reader, (core, now, id) => core.GetRecord(now, id, record.Key));
            if (outcome is RecordFound answer && answer.Record.Sequence == record.Sequence)
                found++;
            else
                output.WriteLine($"reader {i}, {reader.Core.Self.SharedPrefix(record.Key)} bits: {outcome}");
        }
        Assert.InRange(found, 0.99 * Readers, Readers);
    }
}
