using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests.Storage;

public sealed class ValueStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly NodeAddress Source = TestNetwork.AddressOf(1);
    private static readonly KademliaOptions Options = new() { AcceptPlain = true };

    private readonly TestSigner _signer = new();
    private readonly ValueStore _store = new(Options, TestSigner.Verify);

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
        _store.Offer(NodeId.Random(new Random(1)), plain.Encoded, Source, Now);

        var both = _store.Bytes;
        _store.Cull(record.NotAfter);

        Assert.Equal(record.Bytes.Length + plain.Encoded.Length, both);
        Assert.Equal(plain.Encoded.Length, _store.Bytes);
    }

    [Fact]
    public void Offer_WrongKey_IsRefused() =>
        Assert.False(_store.Offer(NodeId.Random(new Random(1)), ValueStore.Encode(_signer.Record(Now.AddHours(1))), Source, Now));

    [Theory, InlineData(0, false), InlineData(1, true), InlineData(34_560_000, true), InlineData(34_560_001, false)]
    public void Offer_EndOfLife_MustLieAheadAndNotBeyondTheMaximum(int seconds, bool expected) =>
        Assert.Equal(expected, Offer(_signer.Record(Now.AddSeconds(seconds))));

    [Fact]
    [Trait("Row", "NW-04")]
    public void Offer_EveryAlteredByte_IsRefusedAndNothingIsKept()
    {
        var record = _signer.Record(Now.AddHours(1), bodySize: 4);
        var bytes = record.Bytes.ToArray();
        var store = new ValueStore(new KademliaOptions(), TestSigner.Verify);

        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 1;
            Assert.False(store.Offer(record.Key, PlainValue.FromBytes(bytes).Encoded, Source, Now), $"byte {index}");
            bytes[index] ^= 1;
        }

        Assert.Equal((0, 0), (store.RecordCount, store.PlainCount));
    }

    [Fact]
    [Trait("Row", "NW-04")]
    public void Offer_LowerSequence_IsRefusedAndTheSameAgainIsKept()
    {
        var (older, newer) = (_signer.Record(Now.AddHours(9), sequence: 1), _signer.Record(Now.AddHours(1), sequence: 2));

        Assert.True(Offer(older));
        Assert.True(Offer(newer));
        Assert.False(Offer(older));
        Assert.True(Offer(newer));

        Assert.True(_store.TryGet(newer.Key, Now, out var value));
        Assert.Equal((2UL, 1), (value.Record!.Sequence, _store.RecordCount));
    }

    [Fact]
    public void Offer_MoreThanThePublishersQuota_IsRefused()
    {
        var store = new ValueStore(Options with { MaxRecordsPerPublisher = 2 }, TestSigner.Verify);
        using var other = new TestSigner();

        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), topic: 1)));
        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), topic: 2)));
        Assert.False(Offer(store, _signer.Record(Now.AddHours(1), topic: 3)));
        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), topic: 2, sequence: 2)));
        Assert.True(Offer(store, other.Record(Now.AddHours(1))));
    }

    [Fact]
    public void Offer_MoreThanTheSourcesQuota_IsRefusedFromThatHostAlone()
    {
        var store = new ValueStore(Options with { MaxRecordsPerSource = 1 }, TestSigner.Verify);
        var otherPort = new NodeAddress(Source.Address, 9);

        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), topic: 1)));
        Assert.False(store.Offer(Second().Key, ValueStore.Encode(Second()), otherPort, Now));
        Assert.True(store.Offer(Second().Key, ValueStore.Encode(Second()), TestNetwork.AddressOf(2), Now));

        VerifiedRecord Second() => _signer.Record(Now.AddHours(1), topic: 2);
    }

    [Fact]
    public void Offer_MoreThanAllRecords_IsRefusedUntilSomeExpired()
    {
        var store = new ValueStore(Options with { MaxRecords = 1 }, TestSigner.Verify);

        Assert.True(Offer(store, _signer.Record(Now.AddHours(1), topic: 1)));
        Assert.False(Offer(store, _signer.Record(Now.AddHours(3), topic: 2)));
        store.Cull(Now.AddHours(1));

        Assert.True(Offer(store, _signer.Record(Now.AddHours(3), topic: 2)));
    }

    [Fact]
    public void Bytes_AfterStoringReplacingAndExpiring_AreThoseOfWhatIsKept()
    {
        var plain = PlainValue.FromText("plain").Encoded;
        var (first, second) = (_signer.Record(Now.AddHours(1), bodySize: 100), _signer.Record(Now.AddHours(2), sequence: 2, bodySize: 10));

        Assert.True(_store.Offer(NodeId.Random(new Random(1)), plain, Source, Now));
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

        Assert.True(_store.Offer(record.Key, plain, Source, Now));
        Assert.True(Offer(record));
        Assert.False(_store.Offer(record.Key, plain, Source, Now));

        Assert.Equal((1, 0), (_store.RecordCount, _store.PlainCount));
    }

    [Theory]
    [InlineData(1024, true), InlineData(1025, false)]
    public void Offer_PlainValue_IsLimitedInSize(int size, bool expected) => Assert.Equal(
        expected, _store.Offer(NodeId.FromPlainKey("a"u8), PlainValue.FromBytes(new byte[size]).Encoded, Source, Now));

    [Theory, InlineData("90"), InlineData("80"), InlineData("9101"), InlineData("c1"), InlineData("a1ff"), InlineData("")]
    public void Offer_PlainValueThatHurtsPythonPeers_IsRefused(string encoded) =>
        Assert.False(_store.Offer(NodeId.FromPlainKey("a"u8), Convert.FromHexString(encoded), Source, Now));

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

        Assert.False(_store.Offer(record.Key, ValueStore.Encode(record), Source, record.NotAfter));
    }

    [Fact]
    public void Offer_PlainFlood_EndsAtTheQuotas()
    {
        var junk = PlainValue.FromBytes(new byte[1024]).Encoded.ToArray();
        var random = new Random(1);

        for (var i = 0; i < 10_240; i++)
            _store.Offer(NodeId.Random(random), junk, Source, Now);
        Assert.Equal(Options.MaxPlainValuesPerSource, _store.PlainCount);
        for (var i = 0; i < 10_240; i++)
            _store.Offer(NodeId.Random(random), junk, TestNetwork.AddressOf(i), Now);

        Assert.Equal(Options.MaxPlainValues, _store.PlainCount);
    }

    [Fact]
    public void Offer_PlainNotAccepted_IsRefused() => Assert.False(
        new ValueStore(new KademliaOptions(), TestSigner.Verify).Offer(NodeId.FromPlainKey("a"u8), (byte[])[0xC3], Source, Now));

    [Fact]
    [Trait("Row", "NW-04"), Trait("Row", "NW-12")]
    public void Offer_NodeRecordUnderAnothersId_IsRefusedInAThousandTries()
    {
        var random = new Random(1);
        var record = _signer.Record(Now.AddHours(1), kind: RecordKind.NodeRecord);

        for (var i = 0; i < 1000; i++)
            Assert.False(_store.Offer(NodeId.Random(random), ValueStore.Encode(record), Source, Now));

        Assert.Equal(NodeId.FromVerifyingKey(_signer.PublisherKey), record.Key);
    }

    private bool Offer(VerifiedRecord record) => Offer(_store, record);

    private static bool Offer(ValueStore store, VerifiedRecord record) =>
        store.Offer(record.Key, ValueStore.Encode(record), Source, Now);
}
