using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>A self-contained record as it travels and as holders keep it; its signature is not checked yet.</summary>
/// <remarks>
/// <para>Layout, big-endian: brand <c>NcRc</c> (4), major version 1 (2), minor version 0 (2), kind (1), publisher's
/// verifying key (33), sequence (8), not-after in Unix seconds (8), topic size (1), topic (0 to 32), body (the rest),
/// signature (64).</para>
/// <para>Signed: the domain tag <c>NUCYPHER_P2P_RECORD</c> and all bytes before the signature. A reader accepts every
/// minor version.</para>
/// <para>The size limit is what a <c>store</c> request of 1,232 bytes can carry besides its 76 bytes of
/// envelope.</para>
/// </remarks>
public sealed class SignedRecord
{
    /// <summary>The longest record, in bytes.</summary>
    public const int MaxSize = 1156;

    /// <summary>The longest node record, in bytes.</summary>
    public const int MaxNodeRecordSize = 512;

    /// <summary>The longest topic, in bytes.</summary>
    public const int MaxTopicSize = 32;

    /// <summary>Bytes of the publisher's verifying key.</summary>
    public const int PublisherKeySize = 33;

    /// <summary>Bytes of the signature.</summary>
    public const int SignatureSize = 64;

    private const int KindOffset = 8;
    private const int PublisherKeyOffset = 9;
    private const int SequenceOffset = 42;
    private const int NotAfterOffset = 50;
    private const int TopicSizeOffset = 58;
    private const int TopicOffset = 59;
    private const int MaxUnixSecondsBits = 37;

    private SignedRecord(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        Key = KeyOf(Kind, PublisherKey.Span, Topic.Span);
    }

    private static ReadOnlySpan<byte> BrandAndMajor => "NcRc\0\x01"u8;

    private static ReadOnlySpan<byte> DomainTag => "NUCYPHER_P2P_RECORD"u8;

    /// <summary>The whole record.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The key of the key space under which the record belongs.</summary>
    public NodeId Key { get; }

    /// <summary>What the record is about.</summary>
    public RecordKind Kind => (RecordKind)Bytes.Span[KindOffset];

    /// <summary>The publisher's verifying key: 33 bytes, perhaps not a point.</summary>
    public ReadOnlyMemory<byte> PublisherKey => Bytes.Slice(PublisherKeyOffset, PublisherKeySize);

    /// <summary>Which of the publisher's records of one key is newer: the higher number.</summary>
    public ulong Sequence => BinaryPrimitives.ReadUInt64BigEndian(Bytes.Span[SequenceOffset..]);

    /// <summary>The end of its life, whole seconds; nobody but the publisher can move it.</summary>
    public DateTimeOffset NotAfter =>
        DateTimeOffset.FromUnixTimeSeconds((long)BinaryPrimitives.ReadUInt64BigEndian(Bytes.Span[NotAfterOffset..]));

    /// <summary>What distinguishes the publisher's records of one kind: 0 to 32 bytes.</summary>
    public ReadOnlyMemory<byte> Topic => Bytes.Slice(TopicOffset, TopicSize);

    /// <summary>What is published.</summary>
    public ReadOnlyMemory<byte> Body => Bytes[(TopicOffset + TopicSize)..^SignatureSize];

    private int TopicSize => Bytes.Span[TopicSizeOffset];

    /// <summary>
    /// The longest body of a record, in bytes: 1,001 with a topic of 32 bytes, 1,017 with 16, 389 in a node record.
    /// </summary>
    public static int MaxBodySize(RecordKind kind, int topicSize) =>
        MaxSizeOf(kind) - TopicOffset - topicSize - SignatureSize;

    /// <summary>The key of a record: a node record's is its publisher's node id.</summary>
    /// <param name="kind">What the record is about.</param>
    /// <param name="publisherKey">33 bytes, compressed point, SEC 1.</param>
    /// <param name="topic">0 to 32 bytes; empty for a node record.</param>
    public static NodeId KeyOf(RecordKind kind, ReadOnlySpan<byte> publisherKey, ReadOnlySpan<byte> topic) =>
        kind == RecordKind.NodeRecord
            ? NodeId.FromVerifyingKey(publisherKey)
            : NodeId.Hash("NUCYPHER_P2P_RECORD_KEY"u8, [(byte)kind, .. publisherKey, .. topic]);

    /// <summary>Makes and signs a record.</summary>
    /// <param name="kind">What the record is about.</param>
    /// <param name="publisherKey">33 bytes, the key that <paramref name="sign"/> signs for.</param>
    /// <param name="topic">0 to 32 bytes; empty for a node record.</param>
    /// <param name="sequence">Higher than that of every record published before under the same key.</param>
    /// <param name="notAfter">The end of its life, cut to whole seconds.</param>
    /// <param name="body">At most <see cref="MaxBodySize"/> bytes.</param>
    /// <param name="sign">Signs with the publisher's key.</param>
    /// <exception cref="ArgumentException">A part has a size that no record can have.</exception>
    public static SignedRecord Create(
        RecordKind kind, ReadOnlySpan<byte> publisherKey, ReadOnlySpan<byte> topic, ulong sequence,
        DateTimeOffset notAfter,
        ReadOnlySpan<byte> body, RecordSigner sign)
    {
        var bytes = new byte[TopicOffset + topic.Length + body.Length + SignatureSize];
        BrandAndMajor.CopyTo(bytes);
        bytes[KindOffset] = (byte)kind;
        publisherKey.CopyTo(bytes.AsSpan(PublisherKeyOffset, PublisherKeySize));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(SequenceOffset), sequence);
        BinaryPrimitives.WriteUInt64BigEndian(
            bytes.AsSpan(NotAfterOffset), checked((ulong)notAfter.ToUnixTimeSeconds()));
        bytes[TopicSizeOffset] = (byte)Math.Min(topic.Length, byte.MaxValue);
        topic.CopyTo(bytes.AsSpan(TopicOffset));
        body.CopyTo(bytes.AsSpan(TopicOffset + topic.Length));
        sign(MessageOf(bytes)).CopyTo(bytes.AsSpan(bytes.Length - SignatureSize));
        return publisherKey.Length == PublisherKeySize && TryRead(bytes, out var record)
            ? record
            : throw new ArgumentException(
                "The kind, the publisher's key, the topic or the body has a size that no record can have.");
    }

    /// <summary>Reads a record and copies its bytes. Never throws; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out SignedRecord? record)
    {
        record = HasLayout(source) ? new SignedRecord(source.ToArray()) : null;
        return record is not null;
    }

    /// <summary>Checks the signature over all of the record.</summary>
    public bool TryVerify(SignatureVerifier verifier, [NotNullWhen(true)] out VerifiedRecord? verified)
    {
        var valid = verifier(PublisherKey.Span, MessageOf(Bytes.Span), Bytes.Span[^SignatureSize..]);
        verified = valid ? new VerifiedRecord(this) : null;
        return valid;
    }

    private static bool HasLayout(ReadOnlySpan<byte> source) =>
        source.Length is >= TopicOffset + SignatureSize and <= MaxSize
        && source.StartsWith(BrandAndMajor)
        && source.Length <= MaxSizeOf((RecordKind)source[KindOffset])
        && BinaryPrimitives.ReadUInt64BigEndian(source[NotAfterOffset..]) >> MaxUnixSecondsBits == 0
        && source[TopicSizeOffset] <= MaxTopicOf((RecordKind)source[KindOffset])
        && source.Length >= TopicOffset + source[TopicSizeOffset] + SignatureSize;

    private static int MaxSizeOf(RecordKind kind) => kind switch
    {
        RecordKind.NodeRecord => MaxNodeRecordSize,
        RecordKind.TreasureMap => MaxSize,
        _ => 0,
    };

    private static int MaxTopicOf(RecordKind kind) => kind == RecordKind.NodeRecord ? 0 : MaxTopicSize;

    private static byte[] MessageOf(ReadOnlySpan<byte> record) => [.. DomainTag, .. record[..^SignatureSize]];
}
