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
    public void RecordsWhere_UnprovenEndedUnwantedAndPlain_AreLeftOut()
    {
        VerifiedRecord[] records = [.. Enumerable.Range(1, 4).Select(i => _signer.Record(
            i == 2 ? Now.AddHours(1) : Now.AddDays(1), topic: (byte)i))];
        foreach (var record in records)
            Assert.True(_store.Offer(record.Key, ValueStore.Encode(record), Source, Now, record != records[0]));
        _store.Offer(NodeId.Random(new Random(1)), PlainValue.FromText("seven").Encoded, Source, Now, true);

        var found = _store.RecordsWhere(key => key != records[2].Key, Now.AddHours(1));

        Assert.Equal([records[3].Key], found.Select(record => record.Key));
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
    public void Offer_SameRecordAgainFromAProvenAddress_TakesItsShareAndItsWholeLife()
    {
        var record = _signer.Record(Now.AddDays(9));
        Assert.True(_store.Offer(record.Key, ValueStore.Encode(record), Source, Now, false));

        Assert.True(_store.Offer(record.Key, ValueStore.Encode(record), Source, Now, false));
        Assert.Empty(_store.Keys);
        Assert.True(Offer(record));

        Assert.Equal([record.Key], _store.Keys);
        Assert.True(_store.TryGet(record.Key, record.NotAfter.AddTicks(-1), out _));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Offer_NewerRecordOverAnUnprovenOne_IsProvenOnlyIfItsSourceIs(bool isProven)
    {
        var (older, newer) = (_signer.Record(Now.AddDays(1)), _signer.Record(Now.AddDays(2), sequence: 2));
        Assert.True(_store.Offer(older.Key, ValueStore.Encode(older), Source, Now, false));

        Assert.True(_store.Offer(newer.Key, ValueStore.Encode(newer), Source, Now, isProven));

        Assert.Equal(isProven ? 1 : 0, _store.Keys.Count());
        Assert.Equal(isProven, _store.TryGet(newer.Key, Now + Options.UnprovenLife, out _));
        Assert.True(_store.TryGet(newer.Key, Now, out var value));
        Assert.Equal(2UL, value.Record!.Sequence);
    }

    [Fact]
    public void Offer_NewerRecordFromAnUnprovenAddressOverAProvenOne_HasItsWholeLife()
    {
        var (older, newer) = (_signer.Record(Now.AddDays(1)), _signer.Record(Now.AddDays(2), sequence: 2));
        Assert.True(Offer(older));

        Assert.True(_store.Offer(newer.Key, ValueStore.Encode(newer), Source, Now, false));

        Assert.Equal([newer.Bytes.ToArray()], _store.Records.Select(record => record.Bytes.ToArray()));
        Assert.True(_store.TryGet(newer.Key, newer.NotAfter.AddTicks(-1), out _));
        Assert.False(_store.TryGet(newer.Key, newer.NotAfter, out _));
    }

    [Fact]
    public void Offer_UnprovenRecordThatEndsSoon_EndsWhenItSays()
    {
        var record = _signer.Record(Now + Options.UnprovenLife - TimeSpan.FromSeconds(1));
        Assert.True(_store.Offer(record.Key, ValueStore.Encode(record), Source, Now, false));

        Assert.True(_store.TryGet(record.Key, record.NotAfter.AddTicks(-1), out _));
        Assert.False(_store.TryGet(record.Key, record.NotAfter, out _));
    }

    [Fact]
    public void Offer_UnprovenValueBeyondTheLimit_TakesThePlaceOfTheOldest()
    {
        var store = new ValueStore(Self, Options with { MaxUnprovenValues = 2 }, TestSigner.Verify);
        var records = Enumerable.Range(0, 3).Select(i => _signer.Record(Now.AddDays(1), topic: (byte)i)).ToArray();

        Assert.All(
            records, record => store.Offer(record.Key, ValueStore.Encode(record), Source, Now, false));

        Assert.Equal(
            [false, true, true], records.Select(record => store.TryGet(record.Key, Now, out _)));
    }

    [Fact]
    public void Prove_PlainValue_GivesItItsShareAndNamesNoRecord()
    {
        var key = NodeId.FromPlainKey("a"u8);
        Assert.True(_store.Offer(key, (byte[])[0xC3], Source, Now, false));
        Assert.True(_store.TryGet(key, Now + Options.UnprovenLife - TimeSpan.FromTicks(1), out _));
        Assert.False(_store.TryGet(key, Now + Options.UnprovenLife, out _));

        Assert.Empty(_store.Prove(Source, Now));

        Assert.Equal([key], _store.Keys);
        Assert.True(_store.TryGet(key, Now + Options.PlainValueLife - TimeSpan.FromTicks(1), out _));
        Assert.False(_store.TryGet(key, Now + Options.PlainValueLife, out _));
    }

    [Fact]
    public void Prove_ShareUsedUpByWhatIsNearer_ForgetsWhatCameFromThere()
    {
        var store = new ValueStore(Self, Limited("all", 1), TestSigner.Verify);
        var records = Enumerable.Range(0, 2).Select(i => _signer.Record(Now.AddDays(1), topic: (byte)i))
            .OrderBy(record => record.Key.DistanceTo(Self)).ToArray();
        Assert.True(Offer(store, records[0]));
        store.Offer(records[1].Key, ValueStore.Encode(records[1]), Source, Now, false);

        Assert.Empty(store.Prove(Source, Now));

        Assert.Equal((1, false), (store.RecordCount, store.TryGet(records[1].Key, Now, out _)));
    }

    [Fact]
    public void IsSettled_EachKindUnderTheKey_IsForProvenPlainValuesAlone()
    {
        var (proven, unproven) = (NodeId.FromPlainKey("a"u8), NodeId.FromPlainKey("b"u8));
        var record = _signer.Record(Now.AddHours(1));
        byte[] plain = [0xC3];
        _store.Offer(proven, plain, Source, Now, true);
        _store.Offer(unproven, plain, Source, Now, false);
        Offer(record);

        Assert.True(_store.IsSettled(proven, plain));
        Assert.False(_store.IsSettled(proven, ValueStore.Encode(record)));
        Assert.False(_store.IsSettled(unproven, plain));
        Assert.False(_store.IsSettled(record.Key, plain));
        Assert.False(_store.IsSettled(NodeId.FromPlainKey("c"u8), plain));
    }

    [Fact]
    public void Offer_PlainValueAgain_ReplacesItAndBeginsItsLifeAnew()
    {
        var (key, later) = (NodeId.FromPlainKey("a"u8), Now.AddHours(1));
        Assert.True(_store.Offer(key, (byte[])[0xC3], Source, Now, true));

        Assert.True(_store.Offer(key, PlainValue.FromText("new").Encoded, Source, later, true));

        Assert.True(_store.TryGet(key, later + Options.PlainValueLife - TimeSpan.FromTicks(1), out var value));
        Assert.Equal(PlainValue.FromText("new").Encoded.ToArray(), value.Plain);
        Assert.False(_store.TryGet(key, later + Options.PlainValueLife, out _));
        Assert.Equal((1, 4), (_store.PlainCount, _store.Bytes));
    }

    [Fact]
    public void Offer_PlainValueFromAProvenAddressOverAnUnprovenOne_TakesItsPlaceAndItsShare()
    {
        var key = NodeId.FromPlainKey("a"u8);
        Assert.True(_store.Offer(key, (byte[])[0xC2], Source, Now, false));

        Assert.True(_store.Offer(key, (byte[])[0xC3], Source, Now, true));

        Assert.Equal([key], _store.Keys);
        Assert.True(_store.TryGet(key, Now + Options.PlainValueLife - TimeSpan.FromTicks(1), out var value));
        Assert.Equal([0xC3], value.Plain);
        Assert.Empty(_store.Prove(Source, Now));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Cull_AtTheEndOfEach_ForgetsThatAloneAndInTime(bool isProven)
    {
        var records = Enumerable.Range(0, 3).Select(
            i => _signer.Record(Now.AddMinutes(10 * (i + 1)), topic: (byte)i)).ToArray();
        foreach (var record in records.Reverse())
            _store.Offer(record.Key, ValueStore.Encode(record), Source, Now, isProven);

        for (var i = 0; i < records.Length; i++)
        {
            _store.Cull(records[i].NotAfter.AddTicks(-1));
            Assert.Equal(3 - i, _store.RecordCount);
            _store.Cull(records[i].NotAfter);
            Assert.Equal(2 - i, _store.RecordCount);
        }

        Assert.True(Offer(_signer.Record(Now.AddMinutes(50))));
        _store.Cull(Now.AddMinutes(50));
        Assert.Equal((0, 0), (_store.RecordCount, _store.Bytes));
    }

    [Fact]
    public void Offer_AfterWhatFilledAQuotaHasGone_IsKept()
    {
        foreach (var quota in (string[])["all", "publisher", "source"])
        {
            var store = new ValueStore(Self, Limited(quota, 2), TestSigner.Verify);
            var records = Enumerable.Range(0, 4).Select(i => _signer.Record(Now.AddHours(1 + i), topic: (byte)i))
                .ToArray();
            Assert.All(records[..2], record => Offer(store, record));
            store.Cull(Now.AddHours(2));

            Assert.All(records[2..], record => Assert.True(Offer(store, record)));
        }
    }

    [Fact]
    public void Offer_QuotasOfSourceAndOfPublisherUsedUp_OneThatStandsInBothWaysGoesAlone()
    {
        var options = Options with { MaxRecordsPerPublisher = 2, MaxRecordsPerSource = 2, MaxRecords = 2 };
        var store = new ValueStore(Self, options, TestSigner.Verify);
        var records = Enumerable.Range(0, 3).Select(i => _signer.Record(Now.AddHours(1), topic: (byte)i))
            .OrderByDescending(record => record.Key.DistanceTo(Self)).ToArray();

        Assert.All(records, record => Assert.True(Offer(store, record)));

        Assert.Equal(records[1..].Select(record => record.Key).ToHashSet(), store.Keys.ToHashSet());
    }

    [Fact]
    public void Offer_QuotasOfSourceAndOfPublisherUsedUpByTwo_BothGiveWay()
    {
        using var other = new TestSigner();
        var options = Options with { MaxRecordsPerPublisher = 1, MaxRecordsPerSource = 1 };
        var store = new ValueStore(Self, options, TestSigner.Verify);
        var mine = Enumerable.Range(0, 2).Select(i => _signer.Record(Now.AddHours(1), topic: (byte)i))
            .OrderByDescending(record => record.Key.DistanceTo(Self)).ToArray();
        var theirs = Enumerable.Range(0, 99).Select(i => other.Record(Now.AddHours(1), topic: (byte)i))
            .First(record => record.Key.DistanceTo(Self).CompareTo(mine[1].Key.DistanceTo(Self)) > 0);
        Assert.True(store.Offer(mine[0].Key, ValueStore.Encode(mine[0]), TestNetwork.AddressOf(2), Now, true));
        Assert.True(Offer(store, theirs));

        Assert.True(Offer(store, mine[1]));

        Assert.Equal([mine[1].Key], store.Keys);
    }

    [Fact]
    public void Offer_PlainValuesBeyondTheQuota_KeepsTheNearest()
    {
        var store = new ValueStore(Self, Options with { MaxPlainValues = 3 }, TestSigner.Verify);
        var random = new Random(4);
        var keys = Enumerable.Range(0, 20).Select(_ => NodeId.Random(random)).ToArray();
        foreach (var key in keys)
            store.Offer(key, (byte[])[0xC3], Source, Now, true);

        Assert.Equal(keys.OrderBy(key => key.DistanceTo(Self)).Take(3).ToHashSet(), store.Keys.ToHashSet());
        Assert.True(Offer(store, _signer.Record(Now.AddHours(1))));
    }

    [Fact]
    public void Offer_PlainValuesOfOneSourceBeyondItsShare_KeepsItsNearestAndLetsOthersIn()
    {
        var store = new ValueStore(Self, Options with { MaxPlainValuesPerSource = 3 }, TestSigner.Verify);
        var random = new Random(5);
        var keys = Enumerable.Range(0, 20).Select(_ => NodeId.Random(random)).ToArray();
        foreach (var key in keys)
            store.Offer(key, (byte[])[0xC3], Source, Now, true);

        Assert.Equal(keys.OrderBy(key => key.DistanceTo(Self)).Take(3).ToHashSet(), store.Keys.ToHashSet());
        var farthest = keys.MaxBy(key => key.DistanceTo(Self));
        Assert.True(store.Offer(farthest, (byte[])[0xC3], TestNetwork.AddressOf(2), Now, true));
        Assert.Equal(4, store.PlainCount);
    }

    [Fact]
    public void Offer_RecordInThePlaceOfAPlainValue_GivesThatOnesShareBack()
    {
        var store = new ValueStore(
            Self, Options with { MaxPlainValues = 1, MaxUnprovenValues = 1 }, TestSigner.Verify);
        var records = Enumerable.Range(0, 2).Select(i => _signer.Record(Now.AddHours(1), topic: (byte)i))
            .OrderBy(record => record.Key.DistanceTo(Self)).ToArray();
        Assert.True(store.Offer(records[0].Key, (byte[])[0xC3], Source, Now, true));
        Assert.False(store.Offer(records[1].Key, (byte[])[0xC3], Source, Now, true));

        Assert.True(Offer(store, records[0]));

        Assert.True(store.Offer(records[1].Key, (byte[])[0xC3], Source, Now, true));
    }

    [Fact]
    public void Encode_RecordAndPlainValue_AreAsTheyWereStored()
    {
        var record = _signer.Record(Now.AddHours(1));
        var key = NodeId.FromPlainKey("a"u8);
        Offer(record);
        _store.Offer(key, (byte[])[0xC3], Source, Now, true);

        Assert.True(_store.TryGet(record.Key, Now, out var kept));
        Assert.True(_store.TryGet(key, Now, out var plain));

        Assert.Equal(ValueStore.Encode(record), kept.Encode());
        Assert.Equal([0xC3], plain.Encode());
    }

    [Fact]
    public void Offer_BytesThatBeginLikeARecord_AreNoPlainValue() => Assert.False(
        _store.Offer(NodeId.FromPlainKey("a"u8), PlainValue.FromBytes("NcRc?"u8).Encoded, Source, Now, true));

    [Fact]
    public void Offer_Nil_IsKeptAsNoValue()
    {
        var key = NodeId.FromPlainKey("a"u8);

        Assert.True(_store.Offer(key, (byte[])[0xC0], Source, Now, true));
        Assert.True(_store.TryGet(key, Now, out var nil));
        Assert.True(_store.Offer(key, (byte[])[0xC3], Source, Now, true));
        Assert.True(_store.TryGet(key, Now, out var value));

        Assert.Equal((true, false), (nil.IsNil, value.IsNil));
    }

    [Fact]
    public void Offer_WithAnInterner_KeepsTheOneThatAllShare()
    {
        var record = _signer.Record(Now.AddHours(1));
        var interner = new Interner();
        var stores = Enumerable.Range(0, 2).Select(
            _ => new ValueStore(Self, Options, TestSigner.Verify, interner)).ToArray();

        Assert.All(stores, store => Assert.True(Offer(store, record)));

        Assert.Same(stores[0].Records.Single(), stores[1].Records.Single());
    }

    [Fact]
    public void Keep_OwnRecord_IsKeptWithItsSourceUntilItsEnd()
    {
        var record = _signer.Record(Now.AddDays(9));

        _store.Keep(record, Source, Now);

        Assert.Equal([(record.Key, Source)], _store.Held.Select(held => (held.Record.Key, held.Source)));
        Assert.True(_store.TryGet(record.Key, record.NotAfter.AddTicks(-1), out _));
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
