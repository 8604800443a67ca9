namespace NuCypher.P2P.Dht;

/// <summary>Keeps the newest valid record of a key, and who gave an older one.</summary>
internal sealed class RecordCollector(
    NodeId key, int quorum, SignatureVerifier verifier, DateTimeOffset now) : ValueCollector(quorum)
{
    private readonly List<(Contact Giver, VerifiedRecord Record)> _given = [];

    /// <summary>The newest record.</summary>
    public VerifiedRecord? Newest { get; private set; }

    /// <summary>The latest end of a record whose life was over already; null if there was none.</summary>
    public DateTimeOffset? LatestEnd { get; private set; }

    /// <inheritdoc />
    public override DhtOutcome? Outcome => Newest is null ? null : new RecordFound(Newest, Answers);

    /// <summary>Who gave a record that is not the newest.</summary>
    public IEnumerable<Contact> Outdated =>
        _given.Where(answer => Newest!.Supersedes(answer.Record)).Select(answer => answer.Giver);

    /// <summary>Whether a contact is nearer than one that gave a record.</summary>
    public bool IsWithin(Contact contact) =>
        _given.Exists(answer => contact.Id.DistanceTo(key).CompareTo(answer.Giver.Id.DistanceTo(key)) < 0);

    /// <inheritdoc />
    protected override bool TryAdd(Contact giver, ReadOnlyMemory<byte> encoded)
    {
        if (!PlainValue.TryReadBytes(encoded, out var bytes) || !SignedRecord.TryRead(bytes.Span, out var record)
            || record.Key != key || !TryVerify(record, out var verified))
            return false;
        if (!verified.IsCurrent(now))
        {
            LatestEnd = LatestEnd > verified.NotAfter ? LatestEnd : verified.NotAfter;
            return false;
        }

        if (Newest is null || verified.Supersedes(Newest))
            Newest = verified;
        _given.Add((giver, verified));
        return true;
    }

    private bool TryVerify(
        SignedRecord record, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VerifiedRecord? verified)
    {
        verified = Newest;
        return (Newest is not null && Newest.Bytes.Span.SequenceEqual(record.Bytes.Span))
            || record.TryVerify(verifier, out verified);
    }
}
