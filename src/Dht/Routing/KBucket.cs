namespace NuCypher.P2P.Dht;

/// <summary>At most k contacts that share one prefix length with this node, and spare ones.</summary>
/// <remarks>The contact heard least recently comes first. A contact that answers never gives way. Source: Kademlia (2002), section 2.2.</remarks>
internal sealed class KBucket(int k, int maxReplacements)
{
    private readonly List<BucketEntry> _entries = [];
    private readonly List<Contact> _replacements = [];

    public List<BucketEntry> Entries => _entries;

    public IReadOnlyList<Contact> Replacements => _replacements;

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
        _replacements.RemoveAll(spare => spare.Id == contact.Id);
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
        _replacements.RemoveAll(spare => spare.Id == contact.Id);
        if (_replacements.Count == maxReplacements)
            _replacements.RemoveAt(0);
        _replacements.Add(contact);
    }

    /// <summary>Takes the spare contact that was seen last.</summary>
    public bool TryTakeReplacement(out Contact contact)
    {
        contact = _replacements.Count > 0 ? _replacements[^1] : default;
        if (_replacements.Count == 0)
            return false;
        _replacements.RemoveAt(_replacements.Count - 1);
        return true;
    }
}
