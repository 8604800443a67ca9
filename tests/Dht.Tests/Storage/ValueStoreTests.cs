using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests.Storage;

public sealed class ValueStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly NodeId Self = NodeId.Random(new Random(9));
    private static readonly NodeAddress Source = TestNetwork.AddressOf(1);
    private static readonly KademliaOptions Options = new() { AcceptPlain = true };

    private readonly TestSigner _signer = new();
    private readonly ValueStore _store = new(Self, Options, TestSigner.Verify);

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Offer_ValidRecord_IsKeptUntilItsEnd()
    {
        var record = _signer.Record(Now.AddHours(1));

        Assert.True(Offer(record));

        Assert.True(_store.TryGet(record.Key, record.NotAfter.AddTicks(-1), out var value));
        Assert.Equal(record.Bytes.ToArray(), value.Record!.Bytes.ToArray());
        Assert.False(_store.TryGet(record.Key, record.NotAfter, out _));
    }

    [Fact]
    public void Bytes_RecordAndPlainValue_AreThoseOfBothUntilTheyEnd()
    {
        var (record, plain) = (_signer.Record(Now.AddHours(1)), PlainValue.FromText("seven"));
        Offer(record);
        _store.Offer(NodeId.Random(new Random(1)), plain.Encoded, Source, Now, true);

        var both = _store.Bytes;
        _store.Cull(record.NotAfter);

        Assert.Equal(record.Bytes.Length + plain.Encoded.Length, both);
        Assert.Equal(plain.Encoded.Length, _store.Bytes);
    }

    [Fact]
    public void Offer_WrongKey_IsRefused() =>
        Assert.False(_store.Offer(
            NodeId.Random(new Random(1)), ValueStore.Encode(_signer.Record(Now.AddHours(1))), Source, Now, true));

    [Theory, InlineData(0, false), InlineData(1, true), InlineData(34_560_000, true), InlineData(34_560_001, false)]
    public void Offer_EndOfLife_MustLieAheadAndNotBeyondTheMaximum(int seconds, bool expected) =>
        Assert.Equal(expected, Offer(_signer.Record(Now.AddSeconds(seconds))));

    [Fact]
    [Trait("Row", "NW-04")]
    public void Offer_EveryAlteredByte_IsRefusedAndNothingIsKept()
    {
        var record = _signer.Record(Now.AddHours(1), bodySize: 4);
        var bytes = record.Bytes.ToArray();
        var store = new ValueStore(Self, new KademliaOptions(), TestSigner.Verify);

        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 1;
            Assert.False(
                store.Offer(record.Key, PlainValue.FromBytes(bytes).Encoded, Source, Now, true), $"byte {index}");
            bytes[index] ^= 1;
        }

        Assert.Equal((0, 0), (store.RecordCount, store.PlainCount));
    }

    [Fact]
    [Trait("Row", "NW-04")]
    public void Offer_LowerSequence_IsRefusedAndTheSameAgainIsKept()
    {
        var (older, newer) = (_signer.Record(
            Now.AddHours(9), sequence: 1), _signer.Record(Now.AddHours(1), sequence: 2));

        Assert.True(Offer(older));
        Assert.True(Offer(newer));
        Assert.False(Offer(older));
        Assert.True(Offer(newer));

        Assert.True(_store.TryGet(newer.Key, Now, out var value));
        Assert.Equal((2UL, 1), (value.Record!.Sequence, _store.RecordCount));
    }

    [Theory, InlineData("all"), InlineData("publisher"), InlineData("source")]
    public void Offer_MoreThanAQuota_KeepsTheNearest(string quota)
    {
        var store = new ValueStore(Self, Limited(quota, 3), TestSigner.Verify);
        using var other = new TestSigner();
        var records = Enumerable.Range(0, 12).Select(i => _signer.Record(Now.AddHours(1), topic: (byte)i)).ToArray();

        for (var i = 0; i < records.Length; i++)
        {
            var isNear = records[..i].Count(record => IsNearer(record, records[i])) < 3;
            Assert.Equal(isNear, Offer(store, records[i]));
        }

        var nearest = records.OrderBy(record => record.Key.DistanceTo(Self)).Take(3).ToArray();
        Assert.Equal(nearest.Select(record => record.Key).ToHashSet(), store.Keys.ToHashSet());
        Assert.Equal(3, store.RecordCount);
        var elsewhere = other.Record(Now.AddHours(1));
        var isLetIn = store.Offer(elsewhere.Key, ValueStore.Encode(elsewhere), TestNetwork.AddressOf(2), Now, true);
        Assert.Equal(quota != "all" || IsNearer(elsewhere, nearest[^1]), isLetIn);

        static bool IsNearer(VerifiedRecord one, VerifiedRecord other) =>
            one.Key.DistanceTo(Self).CompareTo(other.Key.DistanceTo(Self)) < 0;
    }

    [Fact]
    public void Offer_RenewalWhileAQuotaIsUsedUp_IsKept()
    {
        var store = new ValueStore(Self, Limited("publisher", 1), TestSigner.Verify);
        Offer(store, _signer.Record(Now.AddHours(1), topic: 1));

        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), topic: 1, sequence: 2)));
    }

    [Fact]
    public void Offer_AllMapsThatThereIsRoomFor_LeavesNodeRecordsTheirShare()
    {
        var store = new ValueStore(Self, Limited("all", 2) with { MaxNodeRecords = 1 }, TestSigner.Verify);
        for (byte i = 0; i < 9; i++)
            Offer(store, _signer.Record(Now.AddHours(1), topic: i));

        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), kind: RecordKind.NodeRecord)));

        Assert.Equal(3, store.RecordCount);
    }

    [Fact]
    public void Offer_FromAnUnprovenAddress_IsKeptApartForAWhileAndTakesNobodysShare()
    {
        var store = new ValueStore(Self, Limited("source", 1), TestSigner.Verify);
        var (unproven, proven) = (_signer.Record(Now.AddDays(1), topic: 1), _signer.Record(Now.AddDays(1), topic: 2));

        Assert.True(store.Offer(unproven.Key, ValueStore.Encode(unproven), Source, Now, false));

        Assert.True(store.TryGet(unproven.Key, Now.AddMinutes(59), out _));
        Assert.False(store.TryGet(unproven.Key, Now.AddHours(1), out _));
        Assert.Empty(store.Held);
        Assert.True(Offer(store, proven));
        Assert.Equal([proven.Key], store.Keys);
    }

    [Fact]
    public void Offer_FloodFromUnprovenAddresses_EndsAtItsOwnLimitAndLetsARecordIn()
    {
        var store = new ValueStore(Self, Options with { MaxUnprovenValues = 5, MaxRecords = 5 }, TestSigner.Verify);
        for (byte i = 0; i < 50; i++)
        {
            var junk = _signer.Record(Now.AddDays(1), topic: i);
            Assert.True(store.Offer(junk.Key, ValueStore.Encode(junk), TestNetwork.AddressOf(i), Now, false));
        }
        Assert.Equal(5, store.RecordCount);

        Assert.True(Offer(store, _signer.Record(Now.AddDays(1), topic: 77)));

        Assert.Equal((6, 1), (store.RecordCount, store.Keys.Count()));
    }

    [Fact]
    public void Prove_Source_GivesWhatCameFromThereItsShareAndItsWholeLife()
    {
        var (mine, other) = (_signer.Record(Now.AddDays(1), topic: 1), _signer.Record(Now.AddDays(1), topic: 2));
        _store.Offer(mine.Key, ValueStore.Encode(mine), Source, Now, false);
        _store.Offer(other.Key, ValueStore.Encode(other), TestNetwork.AddressOf(3), Now, false);

        Assert.Equal([mine.Key], _store.Prove(Source, Now).Select(record => record.Key));

        Assert.Equal([mine.Key], _store.Keys);
        Assert.True(_store.TryGet(mine.Key, Now.AddHours(23), out _));
        Assert.Empty(_store.Prove(Source, Now));
    }

    [Fact]
    public void Offer_PlainValueOverAProvenOne_IsRefusedFromAnUnprovenAddress()
    {
        var (key, old) = (NodeId.FromPlainKey("a"u8), PlainValue.FromText("old").Encoded.ToArray());
        Assert.True(_store.Offer(key, old, Source, Now, true));

        Assert.True(_store.IsSettled(key, (byte[])[0xC3]));
        Assert.False(_store.Offer(key, (byte[])[0xC3], Source, Now, false));

        Assert.True(_store.TryGet(key, Now, out var value));
        Assert.Equal(old, value.Plain);
    }

    [Fact]
    public void Bytes_AfterStoringReplacingAndExpiring_AreThoseOfWhatIsKept()
    {
        var plain = PlainValue.FromText("plain").Encoded;
        var (first, second) = (_signer.Record(Now.AddHours(1), bodySize: 100), _signer.Record(
            Now.AddHours(2), sequence: 2, bodySize: 10));

        Assert.True(_store.Offer(NodeId.Random(new Random(1)), plain, Source, Now, true));
        Assert.True(Offer(first));
        Assert.Equal(plain.Length + first.Bytes.Length, _store.Bytes);
        Assert.True(Offer(second));
        Assert.Equal(plain.Length + second.Bytes.Length, _store.Bytes);
        _store.Cull(Now.AddHours(2));
        Assert.Equal(plain.Length, _store.Bytes);
        _store.Cull(Now.AddDays(400));

        Assert.Equal(0, _store.Bytes);
    }

    [Fact]
    public void Offer_PlainValueOverARecord_IsRefusedAndARecordOverAPlainValueIsKept()
    {
        var record = _signer.Record(Now.AddHours(1));
        var plain = PlainValue.FromText("squatter").Encoded.ToArray();

        Assert.True(_store.Offer(record.Key, plain, Source, Now, true));
        Assert.True(Offer(record));
        Assert.False(_store.Offer(record.Key, plain, Source, Now, true));

        Assert.Equal((1, 0), (_store.RecordCount, _store.PlainCount));
    }

    [Theory]
    [InlineData(1024, true), InlineData(1025, false)]
    public void Offer_PlainValue_IsLimitedInSize(int size, bool expected) => Assert.Equal(
        expected, _store.Offer(
            NodeId.FromPlainKey("a"u8), PlainValue.FromBytes(new byte[size]).Encoded, Source, Now, true));

    [Theory, InlineData("90"), InlineData("80"), InlineData("9101"), InlineData("c1"), InlineData("a1ff")]
    [InlineData("")]
    public void Offer_PlainValueThatHurtsPythonPeers_IsRefused(string encoded) =>
        Assert.False(_store.Offer(NodeId.FromPlainKey("a"u8), Convert.FromHexString(encoded), Source, Now, true));

    [Theory, InlineData(0), InlineData(34_560_001)]
    public void Keep_RecordWhoseEndIsPastOrTooFar_IsNotKept(int seconds)
    {
        _store.Keep(_signer.Record(Now.AddSeconds(seconds)), Source, Now);

        Assert.Equal(0, _store.RecordCount);
    }

    [Fact]
    public void Offer_SameRecordAfterItsEnd_IsNotKept()
    {
        var record = _signer.Record(Now.AddHours(1));
        Assert.True(Offer(record));

        Assert.False(_store.Offer(record.Key, ValueStore.Encode(record), Source, record.NotAfter, true));
    }

    [Fact]
    public void Offer_PlainFlood_EndsAtTheQuotas()
    {
        var junk = PlainValue.FromBytes(new byte[1024]).Encoded.ToArray();
        var random = new Random(1);

        for (var i = 0; i < 10_240; i++)
            _store.Offer(NodeId.Random(random), junk, Source, Now, true);
        Assert.Equal(Options.MaxPlainValuesPerSource, _store.PlainCount);
        for (var i = 0; i < 10_240; i++)
            _store.Offer(NodeId.Random(random), junk, TestNetwork.AddressOf(i), Now, true);

        Assert.Equal(Options.MaxPlainValues, _store.PlainCount);
    }

    [Fact]
    public void Offer_PlainNotAccepted_IsRefused() => Assert.False(
        new ValueStore(Self, new KademliaOptions(), TestSigner.Verify)
            .Offer(NodeId.FromPlainKey("a"u8), (byte[])[0xC3], Source, Now, true));

    [Fact]
    [Trait("Row", "NW-04"), Trait("Row", "NW-12")]
    public void Offer_NodeRecordUnderAnothersId_IsRefusedInAThousandTries()
    {
        var random = new Random(1);
        var record = _signer.Record(Now.AddHours(1), kind: RecordKind.NodeRecord);

        for (var i = 0; i < 1000; i++)
            Assert.False(_store.Offer(NodeId.Random(random), ValueStore.Encode(record), Source, Now, true));

        Assert.Equal(NodeId.FromVerifyingKey(_signer.PublisherKey), record.Key);
    }

    private static KademliaOptions Limited(string quota, int limit) => quota switch
    {
        "all" => Options with { MaxRecords = limit },
        "publisher" => Options with { MaxRecordsPerPublisher = limit },
        _ => Options with { MaxRecordsPerSource = limit },
    };

    private bool Offer(VerifiedRecord record) => Offer(_store, record);

    private static bool Offer(ValueStore store, VerifiedRecord record) =>
        store.Offer(record.Key, ValueStore.Encode(record), Source, Now, true);
}
