using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests;

public sealed class InternerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Interner _interner = new();
    private readonly TestSigner _signer = new();
    private readonly Random _random = new(7);

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Prove_OneContactInTwoTables_IsOneObject()
    {
        var contact = new Contact(NodeId.Random(_random), TestNetwork.AddressOf(1));
        RoutingTable[] tables = [.. Enumerable.Range(0, 2).Select(
            _ => new RoutingTable(NodeId.Random(_random), new KademliaOptions(), _interner))];

        foreach (var table in tables)
            table.Prove(contact, Now);

        Assert.Same(Assert.Single(tables[0].Entries).Known, Assert.Single(tables[1].Entries).Known);
        Assert.Equal(1, _interner.ContactCount);
    }

    [Fact]
    public void Offer_OneRecordToTwoStores_IsOneObject()
    {
        var record = _signer.Record(Now.AddHours(1));
        ValueStore[] stores = [.. Enumerable.Range(0, 2).Select(
            _ => new ValueStore(default, new KademliaOptions(), TestSigner.Verify, _interner))];

        Assert.All(
            stores, store => store.Offer(record.Key, ValueStore.Encode(record), TestNetwork.AddressOf(1), Now, true));

        Assert.Same(stores[0].Records.Single(), stores[1].Records.Single());
        Assert.NotSame(record, stores[0].Records.Single());
    }

    [Fact]
    public void Share_TwoRecordsWithOneSequence_KeepsThemApart()
    {
        var (first, second) = (_signer.Record(Now.AddHours(1)), _signer.Record(Now.AddHours(2)));
        Assert.Equal((first.Key, first.Sequence), (second.Key, second.Sequence));

        Assert.Same(first, _interner.Share(first));
        Assert.Same(second, _interner.Share(second));
        Assert.Equal(1, _interner.RecordCount);
    }

    [Fact]
    public void Share_AboveTheLimitOfContacts_ForgetsAllAndSharesAnew()
    {
        for (var i = 0; i <= Interner.MaxContacts; i++)
            _interner.Share(new Contact(NodeId.Random(_random), TestNetwork.AddressOf(1)));

        Assert.Equal(1, _interner.ContactCount);
    }

    [Fact]
    public void Share_AboveTheLimitOfRecords_ForgetsAllAndSharesAnew()
    {
        var key = new byte[SignedRecord.PublisherKeySize];
        var signature = new byte[SignedRecord.SignatureSize];
        for (var i = 0; i <= Interner.MaxRecords; i++)
            _interner.Share(new VerifiedRecord(
                SignedRecord.Create(RecordKind.NodeRecord, key, [], (ulong)i, Now, [], _ => signature)));

        Assert.Equal(1, _interner.RecordCount);
    }
}
