namespace NuCypher.P2P.Dht;

/// <summary>A record whose signature is its publisher's; made by <see cref="SignedRecord.TryVerify"/> alone.</summary>
public sealed class VerifiedRecord
{
    internal VerifiedRecord(SignedRecord record) => Record = record;

    /// <summary>The record itself.</summary>
    public SignedRecord Record { get; }

    /// <summary>The key of the key space under which the record belongs.</summary>
    public NodeId Key => Record.Key;

    /// <summary>What the record is about.</summary>
    public RecordKind Kind => Record.Kind;

    /// <summary>The publisher's verifying key: 33 bytes, a point.</summary>
    public ReadOnlyMemory<byte> PublisherKey => Record.PublisherKey;

    /// <summary>What distinguishes the publisher's records of one kind.</summary>
    public ReadOnlyMemory<byte> Topic => Record.Topic;

    /// <summary>Which of the publisher's records of one key is newer: the higher number.</summary>
    public ulong Sequence => Record.Sequence;

    /// <summary>The end of its life.</summary>
    public DateTimeOffset NotAfter => Record.NotAfter;

    /// <summary>What is published.</summary>
    public ReadOnlyMemory<byte> Body => Record.Body;

    /// <summary>The whole record, as others store it.</summary>
    public ReadOnlyMemory<byte> Bytes => Record.Bytes;

    /// <summary>Whether its life has not ended.</summary>
    public bool IsCurrent(DateTimeOffset now) => now < NotAfter;

    /// <summary>Whether this one takes another's place under the same key.</summary>
    /// <remarks>
    /// The higher sequence; of two with one sequence, the bytes that sort last, so that all holders end with the same
    /// one.
    /// </remarks>
    public bool Supersedes(VerifiedRecord other) =>
        Sequence != other.Sequence
            ? Sequence > other.Sequence
            : Bytes.Span.SequenceCompareTo(other.Bytes.Span) > 0;
}
