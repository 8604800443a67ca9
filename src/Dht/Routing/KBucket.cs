namespace NuCypher.P2P.Dht;

/// <summary>At most k contacts that share one prefix length with this node, and spare ones.</summary>
/// <remarks>The contact heard least recently comes first. A contact that answers never gives way. Source: Kademlia (2002), section 2.2.</remarks>
internal sealed class KBucket(int k, int maxReplacements)
{
    private readonly List<BucketEntry> _entries = [];
    private List<Contact>? _replacements;

    public List<BucketEntry> Entries => _entries;

    public IReadOnlyList<Contact> Replacements => _replacements ?? [];

    /// <summary>When the last lookup went into this bucket's range.</summary>
    public DateTimeOffset LastLookup { get; set; } = DateTimeOffset.MinValue;

    public bool HasRoom => _entries.Count < k || _entries.Exists(entry => !entry.Healthy);

    public BucketEntry? Find(NodeId id)
    {
        foreach (var entry in _entries)
        {
            if (entry.Contact.Id == id)
                return entry;
        }
        return null;
    }

    /// <summary>Enters a contact that proved its address; in a full bucket only in the place of one that failed.</summary>
    public bool TryAdd(Contact contact, DateTimeOffset now, out BucketEntry? replaced)
    {
        replaced = _entries.Count == k ? _entries.MaxBy(entry => entry.Failures) : null;
        if (!HasRoom)
            return false;
        if (replaced is not null)
            _entries.Remove(replaced);
        _entries.Add(new BucketEntry(contact, now));
        RemoveReplacement(contact.Id);
        return true;
    }

    /// <summary>Notes an answer: the entry goes to the end.</summary>
    public void Heard(BucketEntry entry, DateTimeOffset now)
    {
        entry.Heard(now);
        _entries.Remove(entry);
        _entries.Add(entry);
    }

    public void Remove(BucketEntry entry) => _entries.Remove(entry);

    /// <summary>Remembers a spare contact; the oldest one gives way.</summary>
    public void AddReplacement(Contact contact)
    {
        RemoveReplacement(contact.Id);
        _replacements ??= [];
        if (_replacements.Count == maxReplacements)
            _replacements.RemoveAt(0);
        else if (_replacements.Count == _replacements.Capacity)
            _replacements.Capacity = Math.Min(maxReplacements, Math.Max(4, 2 * _replacements.Count));
        _replacements.Add(contact);
    }

    /// <summary>Takes the spare contact that was seen last.</summary>
    public bool TryTakeReplacement(out Contact contact)
    {
        contact = default;
        if (_replacements is not [.., var last])
            return false;
        contact = last;
        _replacements.RemoveAt(_replacements.Count - 1);
        return true;
    }

    /// <summary>How many contacts are in a subnet.</summary>
    public int CountOf(NodeAddress subnet)
    {
        var count = 0;
        foreach (var entry in _entries)
            count += entry.Contact.Address.Subnet == subnet ? 1 : 0;
        return count;
    }

    private void RemoveReplacement(NodeId id)
    {
        for (var i = (_replacements?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_replacements![i].Id == id)
                _replacements.RemoveAt(i);
        }
    }
}
