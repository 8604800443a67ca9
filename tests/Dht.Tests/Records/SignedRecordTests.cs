namespace NuCypher.P2P.Dht.Tests.Records;

public sealed class SignedRecordTests : IDisposable
{
    private static readonly DateTimeOffset NotAfter = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TestSigner _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Create_AllParts_ReadsBackTheSame()
    {
        var record = Map(topicSize: 16, bodySize: 300);

        Assert.True(SignedRecord.TryRead(record.Bytes.Span, out var read));
        Assert.Equal(RecordKind.TreasureMap, read.Kind);
        Assert.Equal(_signer.PublisherKey, read.PublisherKey.ToArray());
        Assert.Equal((7UL, NotAfter, 16, 300), (read.Sequence, read.NotAfter, read.Topic.Length, read.Body.Length));
        Assert.Equal(SignedRecord.KeyOf(read.Kind, read.PublisherKey.Span, read.Topic.Span), read.Key);
        Assert.True(read.TryVerify(TestSigner.Verify, out _));
    }

    [Fact]
    public void Create_TopicAndBody_AreInItByteForByte()
    {
        byte[] topic = [1, 2, 3], body = [4, 5, 6, 7];

        var record = SignedRecord.Create(
            RecordKind.TreasureMap, _signer.PublisherKey, topic, 7, NotAfter, body, _signer.Sign);

        Assert.Equal(topic, record.Topic.ToArray());
        Assert.Equal(body, record.Body.ToArray());
    }

    [Fact]
    public void Create_PartOfASizeThatNoRecordHas_SaysSo()
    {
        var error = Assert.Throws<ArgumentException>(() => Map(topicSize: 33, bodySize: 1));

        Assert.Equal(
            "The kind, the publisher's key, the topic or the body has a size that no record can have.", error.Message);
        Assert.Throws<ArgumentException>(() => SignedRecord.Create(
            RecordKind.TreasureMap, _signer.PublisherKey.AsSpan(1), [], 7, NotAfter, [], _signer.Sign));
    }

    [Fact]
    public void TryRead_NoTopicAndNoBody_IsTheShortestRecord()
    {
        var shortest = Map(topicSize: 0, bodySize: 0);

        Assert.Equal(123, shortest.Bytes.Length);
        Assert.True(Verifies(shortest.Bytes.Span));
    }

    [Fact]
    public void TryVerify_ForgedSignature_GivesNoVerifiedRecord()
    {
        var bytes = Map(topicSize: 0, bodySize: 0).Bytes.ToArray();
        bytes[^1] ^= 1;
        Assert.True(SignedRecord.TryRead(bytes, out var record));

        Assert.False(record.TryVerify(TestSigner.Verify, out var verified));

        Assert.Null(verified);
    }

    [Fact]
    [Trait("Row", "NW-12")]
    public void KeyOf_NodeRecord_IsThePublishersNodeId() =>
        Assert.Equal(
            NodeId.FromVerifyingKey(_signer.PublisherKey), SignedRecord.KeyOf(
                RecordKind.NodeRecord, _signer.PublisherKey, []));

    [Theory, InlineData(0, 1033), InlineData(16, 1017), InlineData(32, 1001)]
    public void MaxBodySize_TreasureMap_FillsAStoreRequest(int topicSize, int expected)
    {
        var record = Map(topicSize, SignedRecord.MaxBodySize(RecordKind.TreasureMap, topicSize));

        Assert.Equal((expected, SignedRecord.MaxSize), (record.Body.Length, record.Bytes.Length));
        Assert.Throws<ArgumentException>(() => Map(topicSize, expected + 1));
    }

    [Fact]
    public void Create_NodeRecord_IsLimitedTo512Bytes()
    {
        var largest = SignedRecord.MaxBodySize(RecordKind.NodeRecord, 0);

        Assert.Equal(512, _signer.Record(NotAfter, bodySize: largest, kind: RecordKind.NodeRecord).Bytes.Length);
        Assert.Throws<ArgumentException>(
            () => _signer.Record(NotAfter, bodySize: largest + 1, kind: RecordKind.NodeRecord));
    }

    [Fact]
    public void TryRead_OtherBrandOrMajorVersion_IsRefusedAndAnyMinorIsRead()
    {
        var bytes = Map(topicSize: 4, bodySize: 4).Bytes.ToArray();
        for (var index = 0; index < 8; index++)
        {
            bytes[index] ^= 1;
            Assert.Equal(index >= 6, SignedRecord.TryRead(bytes, out _));
            bytes[index] ^= 1;
        }
    }

    [Theory]
    [InlineData(RecordKind.TreasureMap, 32, true), InlineData(RecordKind.TreasureMap, 33, false)]
    [InlineData(RecordKind.NodeRecord, 0, true), InlineData(RecordKind.NodeRecord, 1, false)]
    public void TryRead_TopicOfAKind_HasItsLimit(RecordKind kind, int topicSize, bool expected)
    {
        var bytes = Map(topicSize: 0, bodySize: 40).Bytes.ToArray();
        (bytes[8], bytes[58]) = ((byte)kind, (byte)topicSize);

        Assert.Equal(expected, SignedRecord.TryRead(bytes, out _));
    }

    [Theory, InlineData(8, true), InlineData(9, false)]
    public void TryRead_TopicLongerThanTheRecord_IsRefused(int topicSize, bool expected)
    {
        var bytes = Map(topicSize: 4, bodySize: 4).Bytes.ToArray();
        bytes[58] = (byte)topicSize;

        Assert.Equal(expected, SignedRecord.TryRead(bytes, out _));
    }

    [Fact]
    public void TryRead_EveryTruncation_RefusesOrFailsToVerify()
    {
        var bytes = Map(topicSize: 8, bodySize: 20).Bytes;

        for (var length = 0; length < bytes.Length; length++)
            Assert.False(Verifies(bytes.Span[..length]), $"length {length}");
        Assert.False(Verifies([.. bytes.Span, 0]));
    }

    [Fact]
    public void TryRead_EveryBitFlip_RefusesOrFailsToVerify()
    {
        var bytes = Map(topicSize: 4, bodySize: 4).Bytes.ToArray();

        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verifies(bytes), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory, InlineData(1), InlineData(2)]
    public void TryRead_RandomBytesBehindTheBrand_NeverThrows(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(0, 1300)];
            random.NextBytes(bytes);
            "NcRc\0\x01"u8[..Math.Min(6, bytes.Length)].CopyTo(bytes);

            Assert.False(Verifies(bytes));
        }
    }

    [Fact]
    public void Supersedes_HigherSequence_WinsOverLongerLife()
    {
        var older = _signer.Record(NotAfter.AddDays(1), sequence: 1);
        var newer = _signer.Record(NotAfter, sequence: 2);

        Assert.True(newer.Supersedes(older));
        Assert.False(older.Supersedes(newer));
        Assert.False(newer.Supersedes(newer));
    }

    [Fact]
    public void Supersedes_SameSequence_PicksTheSameOfBothEverywhere()
    {
        var one = _signer.Record(NotAfter);
        var other = _signer.Record(NotAfter, bodySize: 101);

        var sortsLast = one.Bytes.Span.SequenceCompareTo(other.Bytes.Span) > 0;
        Assert.Equal((sortsLast, !sortsLast), (one.Supersedes(other), other.Supersedes(one)));
    }

    private static bool Verifies(ReadOnlySpan<byte> bytes) =>
        SignedRecord.TryRead(bytes, out var record) && record.TryVerify(TestSigner.Verify, out _);

    private SignedRecord Map(int topicSize, int bodySize) => SignedRecord.Create(
        RecordKind.TreasureMap, _signer.PublisherKey, new byte[topicSize], 7, NotAfter, new byte[bodySize],
        _signer.Sign);
}
