namespace NuCypher.P2P.Dht;

/// <summary>At most k contacts that share one prefix length with this node, and spare ones.</summary>
/// <remarks>
/// The contact heard least recently comes first. A contact that answers never gives way. Source: Kademlia (2002),
/// section 2.2.
/// </remarks>
internal sealed class KBucket(int k, int maxReplacements)
{
    private const int FirstSize = 4;

    private BucketEntry[] _entries = [];
    private int _count;
    private List<KnownContact>? _replacements;

    /// <summary>The contacts; gone with the next change.</summary>
    public ReadOnlySpan<BucketEntry> Entries => _entries.AsSpan(0, _count);

    /// <summary>The contacts, to note something about; gone with the next change.</summary>
    public Span<BucketEntry> Notes => _entries.AsSpan(0, _count);

    /// <summary>The contacts, to look through at leisure.</summary>
    public IReadOnlyList<BucketEntry> All => new ArraySegment<BucketEntry>(_entries, 0, _count);

    /// <summary>The spare contacts, in no order.</summary>
    public IEnumerable<Contact> Spares => _replacements?.Select(spare => spare.Contact) ?? [];

    /// <summary>When the last lookup went into this bucket's range.</summary>
    public DateTimeOffset LastLookup { get; set; } = DateTimeOffset.MinValue;

    public bool HasRoom => _count < k || MostFailed().Failures >= BucketEntry.Replaceable;

    public BucketEntry? Find(NodeId id) => IndexOf(id) is >= 0 and var index ? _entries[index] : null;

    /// <summary>
    /// Enters a contact that proved its address; in a full bucket only in the place of one that failed twice.
    /// </summary>
    /// <returns>By how many contacts the bucket grew; null if there is no room.</returns>
    public int? Add(KnownContact contact, DateTimeOffset now, EntryMarks marks = EntryMarks.None)
    {
        if (!HasRoom)
            return null;
        var isFull = _count == k;
        if (isFull)
            Remove(MostFailed().Contact.Id);
        Append(new BucketEntry(contact, now.UtcTicks, Marks: marks));
        RemoveReplacement(contact.Contact.Id);
        return isFull ? 0 : 1;
    }

    /// <summary>Notes an answer: the entry goes to the end.</summary>
    public void Heard(NodeId id, DateTimeOffset now)
    {
        var index = IndexOf(id);
        var marks = _entries[index].Marks & EntryMarks.Uninvited;
        var heard = new BucketEntry(_entries[index].Known, now.UtcTicks, Marks: marks);
        RemoveAt(index);
        Append(heard);
    }

    /// <summary>
    /// Notes silence: at least so many failures, and one more than before if it is a whole request that was not
    /// answered.
    /// </summary>
    public BucketEntry Failed(NodeId id, int atLeast, bool isWholeRequest, DateTimeOffset now)
    {
        ref var entry = ref _entries[IndexOf(id)];
        entry = entry with
        {
            At = entry.Healthy ? now.UtcTicks : entry.At,
            Failures = (byte)Math.Min(byte.MaxValue, Math.Max(atLeast, entry.Failures + (isWholeRequest ? 1 : 0))),
        };
        return entry;
    }

    public void Remove(NodeId id) => RemoveAt(IndexOf(id));

    /// <summary>Remembers a spare contact; the oldest one gives way.</summary>
    public void AddReplacement(KnownContact contact)
    {
        if (maxReplacements == 0)
            return;
        RemoveReplacement(contact.Contact.Id);
        _replacements ??= [];
        if (_replacements.Count == maxReplacements)
            _replacements.RemoveAt(0);
        if (_replacements.Count == _replacements.Capacity)
            _replacements.Capacity = SizeAfter(_replacements.Count, maxReplacements);
        _replacements.Add(contact);
    }

    /// <summary>Takes the spare contact of one id if there is one, else the one that was seen last.</summary>
    public Contact? TakeReplacement(NodeId preferred)
    {
        if (_replacements is not { Count: > 0 } spares)
            return null;
        var index = spares.FindIndex(spare => spare.Contact.Id == preferred);
        var taken = spares[index < 0 ? ^1 : index].Contact;
        spares.RemoveAt(index < 0 ? spares.Count - 1 : index);
        return taken;
    }

    /// <summary>How many contacts are in a subnet.</summary>
    public int CountOf(NodeAddress subnet)
    {
        var (count, hash) = (0, BucketEntry.HashOf(subnet));
        foreach (ref readonly var entry in Entries)
            count += entry.IsIn(subnet, hash) ? 1 : 0;
        return count;
    }

    /// <summary>How many contacts introduced themselves.</summary>
    public int CountUninvited()
    {
        var count = 0;
        foreach (ref readonly var entry in Entries)
            count += entry.IsUninvited ? 1 : 0;
        return count;
    }

    /// <summary>How many contacts are nearer to a target than some distance.</summary>
    public int CountNearer(NodeId target, Distance limit)
    {
        var count = 0;
        foreach (ref readonly var entry in Entries)
            count += entry.Contact.Id.DistanceTo(target).CompareTo(limit) < 0 ? 1 : 0;
        return count;
    }

    /// <summary>Whether there is a contact but the given one.</summary>
    public bool HasOther(Contact but) => _count > 1 || (Entries is [var only] && only.Contact != but);

    /// <summary>Doubled, but never above the limit.</summary>
    private static int SizeAfter(int size, int limit) => Math.Min(limit, Math.Max(FirstSize, 2 * size));

    private void Append(BucketEntry entry)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, SizeAfter(_count, k));
        _entries[_count++] = entry;
    }

    private void RemoveAt(int index)
    {
        _entries.AsSpan((index + 1).._count).CopyTo(_entries.AsSpan(index));
        _entries[--_count] = default;
    }

    private int IndexOf(NodeId id)
    {
        var entries = Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Contact.Id == id)
                return i;
        }
        return -1;
    }

    private BucketEntry MostFailed()
    {
        var most = _entries[0];
        foreach (ref readonly var entry in Entries)
        {
            if (entry.Failures > most.Failures)
                most = entry;
        }
        return most;
    }

    private void RemoveReplacement(NodeId id)
    {
        for (var i = (_replacements?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_replacements![i].Contact.Id == id)
                _replacements.RemoveAt(i);
        }
    }
}
