using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>
/// The values that this node keeps for others: verified records and, where allowed, plain values, both within quotas.
/// </summary>
/// <remarks>
/// Where a quota is used up, whatever is farthest from this node gives way to what is nearer. Node records have a share
/// of their own. What comes from an address that is not proven takes nobody's share: little of it is kept, apart and
/// for a short while.
/// </remarks>
internal sealed class ValueStore(
    NodeId self, KademliaOptions options, SignatureVerifier verifier, Interner? interner = null)
{
    private const int BinaryHeader = 3;

    private readonly Dictionary<NodeId, StoredValue> _values = [];
    private readonly List<NodeId> _unproven = [];
    private readonly Share _maps = new(options.MaxRecords, options.MaxRecordsPerPublisher, options.MaxRecordsPerSource);
    private readonly Share _nodes = new(options.MaxNodeRecords, options.MaxNodeRecords, options.MaxRecordsPerSource);
    private readonly Share _plain =
        new(options.MaxPlainValues, options.MaxPlainValues, options.MaxPlainValuesPerSource);
    private DateTimeOffset _earliestEnd = DateTimeOffset.MaxValue;

    /// <summary>Records kept.</summary>
    public int RecordCount { get; private set; }

    /// <summary>Bytes of all records and plain values kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Plain values kept.</summary>
    public int PlainCount => _values.Count - RecordCount;

    /// <summary>What values from proven sources are kept under, in no order; their life may have ended.</summary>
    public IEnumerable<NodeId> Keys => _values.Where(pair => pair.Value.IsProven).Select(pair => pair.Key);

    /// <summary>The records from proven sources, in no order.</summary>
    public IEnumerable<VerifiedRecord> Records => Held.Select(held => held.Record);

    /// <summary>The records from proven sources, with whose share each fills, in no order.</summary>
    public IEnumerable<(VerifiedRecord Record, NodeAddress Source)> Held =>
        from value in _values.Values
        where value is { IsProven: true, Record: not null }
        select (value.Record!, value.Source);

    /// <summary>The living records from proven sources under some keys, in no order.</summary>
    /// <param name="isWanted">Which keys; asked first, since keys lie side by side and values do not.</param>
    /// <param name="now">The time.</param>
    public IEnumerable<VerifiedRecord> RecordsWhere(Func<NodeId, bool> isWanted, DateTimeOffset now) =>
        from pair in _values
        where isWanted(pair.Key) && pair.Value is { IsProven: true, Record: not null } && now < pair.Value.ExpiresAt
        select pair.Value.Record!;

    /// <summary>The value under a key, if its life has not ended.</summary>
    public bool TryGet(NodeId key, DateTimeOffset now, [NotNullWhen(true)] out StoredValue? value)
    {
        if (_values.TryGetValue(key, out value) && now < value.ExpiresAt)
            return true;
        value = null;
        return false;
    }

    /// <summary>Whether a plain value is kept under a key that an unproven source may not overwrite.</summary>
    public bool IsSettled(NodeId key, ReadOnlyMemory<byte> encoded) =>
        _values.TryGetValue(key, out var known) && known is { IsProven: true, Record: null }
        && !IsRecord(encoded, out _);

    /// <summary>Whether a record is kept that may not be forgotten yet.</summary>
    public bool IsRecordKept(NodeId key, DateTimeOffset over) =>
        _values.TryGetValue(key, out var value) && value.Record?.IsCurrent(over) == true;

    /// <summary>Keeps a value if it is allowed; never throws.</summary>
    /// <param name="key">Where it is to be kept.</param>
    /// <param name="encoded">One encoded object.</param>
    /// <param name="source">Who sends it.</param>
    /// <param name="now">The time.</param>
    /// <param name="isProven">Whether the source's address is proven.</param>
    /// <returns>Whether it is kept now, perhaps since before.</returns>
    public bool Offer(NodeId key, ReadOnlyMemory<byte> encoded, NodeAddress source, DateTimeOffset now, bool isProven)
    {
        var owner = options.SourceOf(source);
        if (!IsRecord(encoded, out var bytes))
            return options.AcceptPlain && OfferPlain(key, encoded, owner, now, isProven);
        if (IsKept(key, bytes.Span, now))
            return !isProven || _values[key].IsProven || TryPromote(key, now);
        return SignedRecord.TryRead(bytes.Span, out var record) && OfferRecord(key, record, owner, now, isProven);
    }

    /// <summary>Keeps a record that this node verified itself.</summary>
    public void Keep(VerifiedRecord record, NodeAddress source, DateTimeOffset now)
    {
        if (IsTimely(record.Record, now))
            Insert(record, source, now, isProven: true);
    }

    /// <summary>An address is proven: what came from there takes its share now.</summary>
    /// <returns>The records among it.</returns>
    public IReadOnlyList<VerifiedRecord> Prove(NodeAddress address, DateTimeOffset now)
    {
        if (_unproven.Count == 0)
            return [];
        var source = options.SourceOf(address);
        var keys = _unproven.Where(key => _values[key].Source == source).ToArray();
        return [.. keys.Where(key => TryPromote(key, now)).Select(key => _values[key].Record).OfType<VerifiedRecord>()];
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

    private static NodeId PublisherOf(StoredValue value) =>
        value.Record is null ? default : NodeId.FromVerifyingKey(value.Record.PublisherKey.Span);

    // Of two of one share; plain values are all nobody's.
    private static bool HasSamePublisher(StoredValue one, StoredValue other) =>
        one.Record is null || one.Record.PublisherKey.Span.SequenceEqual(other.Record!.PublisherKey.Span);

    private Share ShareOf(StoredValue value) =>
        value.Record is null ? _plain : value.Record.Kind == RecordKind.NodeRecord ? _nodes : _maps;

    private bool IsKept(NodeId key, ReadOnlySpan<byte> record, DateTimeOffset now) =>
        _values.TryGetValue(key, out var known) && known.Record is { } kept
        && kept.Bytes.Span.SequenceEqual(record) && IsTimely(kept.Record, now);

    private bool OfferRecord(NodeId key, SignedRecord record, NodeAddress source, DateTimeOffset now, bool isProven)
    {
        if (record.Key != key || !IsTimely(record, now))
            return false;
        return record.TryVerify(verifier, out var verified) && Insert(verified, source, now, isProven);
    }

    private bool Insert(VerifiedRecord record, NodeAddress source, DateTimeOffset now, bool isProven)
    {
        var shared = interner?.Share(record) ?? record;
        if (_values.TryGetValue(record.Key, out var known) && known.Record is { } kept)
        {
            if (!record.Supersedes(kept))
                return false;
            var keptUntil = known.IsProven ? record.NotAfter : End(record.NotAfter, now);
            Put(record.Key, known with { Record = shared, ExpiresAt = keptUntil });
            return known.IsProven || !isProven || TryPromote(record.Key, now);
        }
        var end = isProven ? record.NotAfter : End(record.NotAfter, now);
        return TryAdd(record.Key, new StoredValue([], shared, source, end, isProven));
    }

    private bool OfferPlain(
        NodeId key, ReadOnlyMemory<byte> encoded, NodeAddress source, DateTimeOffset now, bool isProven)
    {
        if (!TryNormalize(encoded, out var value))
            return false;
        var known = _values.GetValueOrDefault(key);
        if (known is { Record: not null } || (known is { IsProven: true } && !isProven))
            return false;
        var end = isProven ? now + options.PlainValueLife : End(now + options.PlainValueLife, now);
        if (known is null || known.IsProven != isProven)
            return TryAdd(key, new StoredValue(value, null, source, end, isProven));
        Put(key, known with { Plain = value, ExpiresAt = end });
        return true;
    }

    /// <summary>When something from an unproven source is forgotten.</summary>
    private DateTimeOffset End(DateTimeOffset end, DateTimeOffset now) =>
        end - now < options.UnprovenLife ? end : now + options.UnprovenLife;

    /// <summary>Gives what is kept apart its share; forgets it if there is none.</summary>
    private bool TryPromote(NodeId key, DateTimeOffset now)
    {
        var value = _values[key];
        Remove(key);
        var end = value.Record?.NotAfter ?? now + options.PlainValueLife;
        return TryAdd(key, value with { IsProven = true, ExpiresAt = end });
    }

    /// <summary>Adds a value, in the place of whatever else is under the key.</summary>
    private bool TryAdd(NodeId key, StoredValue value)
    {
        if (value.IsProven && !TryMakeRoom(key, value))
            return false;
        if (!value.IsProven && _unproven.Count >= options.MaxUnprovenValues)
            Remove(_unproven[0]);
        Remove(key);
        if (value.IsProven)
            ShareOf(value).Add(PublisherOf(value), value.Source);
        else
            _unproven.Add(key);
        RecordCount += value.Record is null ? 0 : 1;
        Put(key, value);
        return true;
    }

    /// <summary>Forgets what is farther away than a new value and stands in its way.</summary>
    private bool TryMakeRoom(NodeId key, StoredValue value)
    {
        var (share, publisher) = (ShareOf(value), PublisherOf(value));
        var victims = new List<NodeId>();
        if (!share.HasRoomFor(value.Source) && !TryChoose(other => other.Source == value.Source))
            return false;
        if (!share.HasRoomOf(publisher) && !victims.Exists(victim => PublisherOf(_values[victim]) == publisher)
            && !TryChoose(other => HasSamePublisher(other, value)))
            return false;
        if (!share.HasRoom && victims.Count == 0 && !TryChoose(_ => true))
            return false;
        victims.ForEach(Remove);
        return true;

        bool TryChoose(Predicate<StoredValue> isMeant)
        {
            var farthest = Farthest(other => ShareOf(other) == share && isMeant(other));
            if (farthest is not { } victim || victim.DistanceTo(self).CompareTo(key.DistanceTo(self)) <= 0)
                return false;
            victims.Add(victim);
            return true;
        }
    }

    private NodeId? Farthest(Predicate<StoredValue> isMeant)
    {
        NodeId? farthest = null;
        foreach (var (key, value) in _values)
        {
            var isFarther = farthest is not { } other || key.DistanceTo(self).CompareTo(other.DistanceTo(self)) > 0;
            if (value.IsProven && isFarther && isMeant(value))
                farthest = key;
        }
        return farthest;
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
        if (value is null && encoded.Length <= options.MaxPlainValueSize + BinaryHeader && PlainValue.TryRead(
            encoded, out var plain))
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
        RecordCount -= value.Record is null ? 0 : 1;
        if (value.IsProven)
            ShareOf(value).Remove(PublisherOf(value), value.Source);
        else
            _unproven.Remove(key);
    }

    /// <summary>Whether something encoded looks like a record.</summary>
    internal static bool IsRecord(ReadOnlyMemory<byte> encoded, out ReadOnlyMemory<byte> bytes) =>
        PlainValue.TryReadBytes(encoded, out bytes) && bytes.Span.StartsWith("NcRc"u8);

    /// <summary>A record as a bin.</summary>
    internal static byte[] Encode(VerifiedRecord record) => PlainValue.FromBytes(record.Bytes.Span).Encoded.ToArray();
}
