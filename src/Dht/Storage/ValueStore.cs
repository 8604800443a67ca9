using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>The values that this node keeps for others: verified records and, where allowed, plain values, both within quotas.</summary>
internal sealed class ValueStore(KademliaOptions options, SignatureVerifier verifier, Interner? interner = null)
{
    private const int BinaryHeader = 3;

    private readonly Dictionary<NodeId, StoredValue> _values = [];
    private readonly Quota<NodeId> _publishers = new(options.MaxRecordsPerPublisher);
    private readonly Quota<NodeAddress> _recordSources = new(options.MaxRecordsPerSource);
    private readonly Quota<NodeAddress> _plainSources = new(options.MaxPlainValuesPerSource);
    private DateTimeOffset _earliestEnd = DateTimeOffset.MaxValue;

    /// <summary>Records kept.</summary>
    public int RecordCount { get; private set; }

    /// <summary>Bytes of all records and plain values kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Plain values kept.</summary>
    public int PlainCount => _values.Count - RecordCount;

    /// <summary>What values are kept under, in no order; their life may have ended.</summary>
    public IEnumerable<NodeId> Keys => _values.Keys;

    /// <summary>The records kept, in no order.</summary>
    public IEnumerable<VerifiedRecord> Records => _values.Values.Select(value => value.Record).OfType<VerifiedRecord>();

    /// <summary>The records kept, with whose share each fills, in no order.</summary>
    public IEnumerable<HeldRecord> Held =>
        from value in _values.Values where value.Record is not null select new HeldRecord(value.Record!.Record, value.Source);

    /// <summary>The value under a key, if its life has not ended.</summary>
    public bool TryGet(NodeId key, DateTimeOffset now, [NotNullWhen(true)] out StoredValue? value)
    {
        if (_values.TryGetValue(key, out value) && now < value.ExpiresAt)
            return true;
        value = null;
        return false;
    }

    /// <summary>Keeps a value if it is allowed; never throws.</summary>
    /// <param name="key">Where it is to be kept.</param>
    /// <param name="encoded">One encoded object.</param>
    /// <param name="source">Who sends it.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is kept now, perhaps since before.</returns>
    public bool Offer(NodeId key, ReadOnlyMemory<byte> encoded, NodeAddress source, DateTimeOffset now)
    {
        if (PlainValue.TryReadBytes(encoded, out var bytes) && bytes.Span.StartsWith("NcRc"u8))
            return IsKept(key, bytes.Span, now)
                || (SignedRecord.TryRead(bytes.Span, out var record)
                    && OfferRecord(key, record, options.SourceOf(source), now));
        return options.AcceptPlain && OfferPlain(key, encoded, options.SourceOf(source), now);
    }

    /// <summary>Keeps a record that this node verified itself.</summary>
    public void Keep(VerifiedRecord record, NodeAddress source, DateTimeOffset now)
    {
        if (IsTimely(record.Record, now))
            Insert(record, source);
    }

    /// <summary>Forgets what has expired.</summary>
    public void Cull(DateTimeOffset now)
    {
        if (now < _earliestEnd)
            return;
        foreach (var key in _values.Where(pair => pair.Value.ExpiresAt <= now).Select(pair => pair.Key).ToArray())
            Remove(key);
        _earliestEnd = _values.Count == 0 ? DateTimeOffset.MaxValue : _values.Values.Min(value => value.ExpiresAt);
    }

    private bool IsKept(NodeId key, ReadOnlySpan<byte> record, DateTimeOffset now) =>
        _values.TryGetValue(key, out var known) && known.Record is { } kept
        && kept.Bytes.Span.SequenceEqual(record) && IsTimely(kept.Record, now);

    private bool OfferRecord(NodeId key, SignedRecord record, NodeAddress source, DateTimeOffset now)
    {
        if (record.Key != key || !IsTimely(record, now))
            return false;
        return record.TryVerify(verifier, out var verified) && Insert(verified, source);
    }

    private bool Insert(VerifiedRecord record, NodeAddress source)
    {
        if (_values.TryGetValue(record.Key, out var known) && known.Record is { } kept)
            return record.Supersedes(kept) && Replace(record, known.Source);
        var publisher = PublisherOf(record);
        if (RecordCount >= options.MaxRecords || !_publishers.HasRoom(publisher) || !_recordSources.HasRoom(source))
            return false;
        Remove(record.Key);
        _publishers.Add(publisher);
        _recordSources.Add(source);
        RecordCount++;
        return Replace(record, source);
    }

    private bool Replace(VerifiedRecord record, NodeAddress source)
    {
        Put(record.Key, new StoredValue([], interner?.Share(record) ?? record, source, record.NotAfter));
        return true;
    }

    private bool OfferPlain(NodeId key, ReadOnlyMemory<byte> encoded, NodeAddress source, DateTimeOffset now)
    {
        if (!TryNormalize(encoded, out var value))
            return false;
        var known = _values.GetValueOrDefault(key);
        if (known is { Record: not null } || (known is null && (PlainCount >= options.MaxPlainValues || !_plainSources.HasRoom(source))))
            return false;
        if (known is null)
            _plainSources.Add(source);
        Put(key, new StoredValue(value, null, known?.Source ?? source, now + options.PlainValueLife));
        return true;
    }

    private void Put(NodeId key, StoredValue value)
    {
        Bytes += value.Size - (_values.GetValueOrDefault(key)?.Size ?? 0);
        _values[key] = value;
        if (value.ExpiresAt < _earliestEnd)
            _earliestEnd = value.ExpiresAt;
    }

    private bool TryNormalize(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out byte[]? value)
    {
        value = encoded.Span is [MessagePackCode.Nil] ? [MessagePackCode.Nil] : null;
        if (value is null && encoded.Length <= options.MaxPlainValueSize + BinaryHeader && PlainValue.TryRead(encoded, out var plain))
            value = plain.Encoded.ToArray();
        return value is not null;
    }

    private bool IsTimely(SignedRecord record, DateTimeOffset now) =>
        now < record.NotAfter && record.NotAfter - now <= options.MaxRecordLife;

    private void Remove(NodeId key)
    {
        if (!_values.Remove(key, out var value))
            return;
        Bytes -= value.Size;
        if (value.Record is not { } record)
        {
            _plainSources.Remove(value.Source);
            return;
        }
        RecordCount--;
        _publishers.Remove(PublisherOf(record));
        _recordSources.Remove(value.Source);
    }

    private static NodeId PublisherOf(VerifiedRecord record) => NodeId.FromVerifyingKey(record.PublisherKey.Span);

    /// <summary>A record as a bin.</summary>
    internal static byte[] Encode(VerifiedRecord record) => PlainValue.FromBytes(record.Bytes.Span).Encoded.ToArray();
}
