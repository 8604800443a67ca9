using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests.Lookups;

public sealed class RecordCollectorTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestSigner _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Offer_RecordUnderItsKey_IsTaken()
    {
        var record = _signer.Record(Now.AddHours(1));
        var collector = Collector(record.Key);

        Assert.True(collector.Offer(Giver(1), ValueStore.Encode(record)));

        Assert.Equal(record.Bytes.ToArray(), collector.Newest!.Bytes.ToArray());
        Assert.Equal((1, false), (collector.Answers, collector.IsComplete));
    }

    [Fact]
    public void Offer_ValidRecordOfAnotherKey_IsRefused()
    {
        var collector = Collector(_signer.Record(Now.AddHours(1), topic: 1).Key);

        Assert.False(collector.Offer(Giver(1), ValueStore.Encode(_signer.Record(Now.AddHours(1), topic: 2))));

        Assert.Null(collector.Newest);
        Assert.Equal(0, collector.Answers);
    }

    [Fact]
    public void Offer_SignatureByAnother_IsRefusedBeforeAndAfterAValidOne()
    {
        using var mallory = new TestSigner();
        var forged = SignedRecord.Create(
            RecordKind.TreasureMap, _signer.PublisherKey, [0], 9, Now.AddHours(1), new byte[100], mallory.Sign);
        var record = _signer.Record(Now.AddHours(1));
        var collector = Collector(record.Key);

        Assert.False(collector.Offer(Giver(1), PlainValue.FromBytes(forged.Bytes.Span).Encoded));
        Assert.True(collector.Offer(Giver(2), ValueStore.Encode(record)));
        Assert.False(collector.Offer(Giver(3), PlainValue.FromBytes(forged.Bytes.Span).Encoded));

        Assert.Equal(1UL, collector.Newest!.Sequence);
    }

    [Fact]
    public void Offer_RecordWhoseLifeEnded_IsRefused()
    {
        var record = _signer.Record(Now);

        Assert.False(Collector(record.Key).Offer(Giver(1), ValueStore.Encode(record)));
        Assert.True(Collector(record.Key, Now.AddTicks(-1)).Offer(Giver(1), ValueStore.Encode(record)));
    }

    [Fact]
    public void Offer_OlderAndNewer_KeepsTheNewestAndNamesWhoHasTheOlder()
    {
        var (older, newer) = (_signer.Record(Now.AddHours(1)), _signer.Record(Now.AddHours(1), sequence: 2));
        var collector = Collector(older.Key);

        foreach (var (giver, record) in new[] { (1, older), (2, newer), (3, older) })
            Assert.True(collector.Offer(Giver(giver), ValueStore.Encode(record)));

        Assert.Equal(2UL, collector.Newest!.Sequence);
        Assert.Equal([Giver(1), Giver(3)], collector.Outdated);
        Assert.True(collector.IsComplete);
    }

    private static RecordCollector Collector(NodeId key, DateTimeOffset? now = null) =>
        new(key, 3, TestSigner.Verify, now ?? Now);

    private static Contact Giver(int number) => new(NodeId.Random(new Random(number)), TestNetwork.AddressOf(number));
}
