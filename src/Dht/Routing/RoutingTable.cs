namespace NuCypher.P2P.Dht;

/// <summary>One node's view of the network: a bucket of at most k contacts per shared-prefix length.</summary>
/// <remarks>
/// Holds only contacts that answered at their address under their id. Pure: sends nothing. Source: Kademlia (2002),
/// sections 2.2 and 2.4.
/// </remarks>
internal sealed class RoutingTable(NodeId self, KademliaOptions options, Interner? interner = null)
{
    private const int OnStack = 32;
    private const double NeighboursReach = 1.75;

    private KBucket?[] _buckets = [];
    private (int FirstBucket, DateTimeOffset At) _neighbourhood = (NodeId.Bits, DateTimeOffset.MinValue);
    private long _lastAnswer;

    /// <summary>Contacts in all buckets.</summary>
    public int Count { get; private set; }

    /// <summary>All contacts, bucket by bucket.</summary>
    public IEnumerable<BucketEntry> Entries => _buckets.OfType<KBucket>().SelectMany(bucket => bucket.All);

    /// <summary>The contacts nearest to a target, nearest first.</summary>
    /// <remarks>
    /// Exact by XOR: with d the distance from this node to the target, the buckets whose bit of d is set lie in front
    /// of this node, the higher bit the nearer; the others lie behind it, the lower bit the nearer; and no two buckets'
    /// distances overlap.
    /// </remarks>
    /// <param name="target">Any point.</param>
    /// <param name="count">At most how many.</param>
    /// <param name="healthyOnly">Whether to leave out those that did not answer the last request.</param>
    /// <param name="asker">Who is told them: never about itself, nor, so that a Python peer can use them all, about
    /// what it cannot reach.</param>
    public List<Contact> Closest(NodeId target, int count, bool healthyOnly = false, NodeAddress? asker = null)
    {
        var room = Math.Min(count, Count);
        Span<Near> near = room <= OnStack ? stackalloc Near[OnStack] : new Near[room];
        near = near[..room];
        var found = 0;
        var distance = self.DistanceTo(target);
        for (var bit = 0; bit < _buckets.Length && found < room; bit++)
        {
            if (distance.Bit(bit))
                found = AddBucket(near, found, bit, target, healthyOnly, asker);
        }
        for (var bit = _buckets.Length - 1; bit >= 0 && found < room; bit--)
        {
            if (!distance.Bit(bit))
                found = AddBucket(near, found, bit, target, healthyOnly, asker);
        }
        return Take(near[..found], isHandedOut: asker is not null);
    }

    /// <summary>How many nodes there seem to be, from how far the neighbours are; null while few are known.</summary>
    public double? EstimateNodes() =>
        Density.Estimate(Closest(self, options.K, healthyOnly: true), self, options.K);

    /// <summary>Whether some contact but one is nearer to a target than this node is.</summary>
    public bool KnowsNearer(NodeId target, Contact but)
    {
        var distance = self.DistanceTo(target);
        for (var bit = distance.LeadingZeros; bit < _buckets.Length; bit++)
        {
            if (distance.Bit(bit) && _buckets[bit] is { } bucket && bucket.HasOther(but))
                return true;
        }
        return false;
    }

    /// <summary>How many contacts are nearer to a target than an id is.</summary>
    public int CountNearer(NodeId target, NodeId than)
    {
        var (distance, limit, count) = (self.DistanceTo(target), than.DistanceTo(target), 0);
        // whoever shares fewer bits with this node than it and the id share with the target is farther than both
        for (var bit = Math.Min(distance.LeadingZeros, limit.LeadingZeros); bit < _buckets.Length; bit++)
            count += _buckets[bit]?.CountNearer(target, limit) ?? 0;
        return count;
    }

    /// <summary>
    /// Notes that a contact answered a ping: it is moved to the end, entered if there is room, or becomes a spare one.
    /// </summary>
    /// <remarks>A known id at another address waits as a spare one until the known address failed.</remarks>
    /// <param name="contact">The contact.</param>
    /// <param name="now">The time.</param>
    /// <param name="isInvited">Whether this node looked for it; else it may be one too many.</param>
    /// <returns>Whether it is new, or back after it failed.</returns>
    public bool Prove(Contact contact, DateTimeOffset now, bool isInvited = true)
    {
        var bucket = BucketOf(contact.Id);
        if (contact.Id == self || bucket is null)
            return false;
        _lastAnswer = Math.Max(_lastAnswer, now.UtcTicks);
        if (bucket.Find(contact.Id) is { } known)
        {
            if (known.Contact.Address == contact.Address)
            {
                bucket.Heard(contact.Id, now);
                return known.Failures >= BucketEntry.Replaceable;
            }
            if (known.Failures < BucketEntry.Replaceable)
            {
                bucket.AddReplacement(Know(contact));
                return false;
            }
            Remove(bucket, contact.Id);
        }
        return !IsCrowded(bucket, contact.Address) && (isInvited || HasRoomForUninvited(bucket, contact.Id))
            && TryAdd(bucket, contact, now, isInvited ? EntryMarks.None : EntryMarks.Uninvited);
    }

    /// <summary>Notes that a known contact answered a request; nothing happens to an unknown one.</summary>
    /// <returns>Whether it is known at this address.</returns>
    public bool Heard(Contact contact, DateTimeOffset now)
    {
        var bucket = BucketOf(contact.Id);
        if (bucket?.Find(contact.Id)?.Contact.Address != contact.Address)
            return false;
        bucket.Heard(contact.Id, now);
        _lastAnswer = Math.Max(_lastAnswer, now.UtcTicks);
        return true;
    }

    /// <summary>
    /// Notes that a contact asked something: a sign of life, as long as its last answer was not too long ago, since a
    /// source is easily forged.
    /// </summary>
    /// <returns>Whether it is known and healthy.</returns>
    public bool Asked(Contact contact, DateTimeOffset now)
    {
        if (BucketOf(contact.Id) is not { } bucket)
            return false;
        foreach (ref var entry in bucket.Notes)
        {
            if (entry.Contact != contact)
                continue;
            if (entry.Healthy && entry.At > (now - options.AskingCountsFor).UtcTicks)
                entry = entry.Asked(now.UtcTicks);
            return entry.Healthy;
        }
        return false;
    }

    /// <summary>Decides whether an unproven contact is worth a ping.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="since">In ticks of UTC: a known id that speaks from elsewhere is none to look at if it answered
    /// from here later.</param>
    /// <param name="isInvited">Whether this node looks for contacts; else it may be one too many.</param>
    public Admission Consider(Contact contact, long since, bool isInvited = true)
    {
        if (contact.Id == self || BucketOf(contact.Id) is not { } bucket)
            return Admission.None;
        if (bucket.Find(contact.Id) is { } known)
        {
            if (!known.Healthy)
                return Admission.Verify;
            return known.Contact.Address == contact.Address ? Admission.None
                : known.At >= since ? Admission.Later
                : Admission.Verify;
        }
        if (IsCrowded(bucket, contact.Address) || !(isInvited || HasRoomForUninvited(bucket, contact.Id)))
            return Admission.None;
        if (bucket.HasRoom)
            return Admission.Verify;
        bucket.AddReplacement(Know(contact));
        return Admission.Wait;
    }

    /// <summary>
    /// Keeps a contact that another named as a spare one, unless it is known or its subnet has its share.
    /// </summary>
    public void Suggest(Contact contact)
    {
        if (BucketOf(contact.Id) is { } bucket && bucket.Find(contact.Id) is null
            && !IsCrowded(bucket, contact.Address))
            bucket.AddReplacement(Know(contact));
    }

    /// <summary>The spare contacts of the bucket that a target belongs to, if it is not full.</summary>
    public IEnumerable<Contact> SparesNear(NodeId target) =>
        BucketOf(target) is { } bucket && bucket.Entries.Length < options.K ? bucket.Spares : [];

    /// <summary>Takes a spare contact of a bucket that is not full.</summary>
    public Contact? TakeSpare() => Array.Find(
        _buckets, bucket => bucket?.Entries.Length < options.K && bucket.Spares.Any())?.TakeReplacement(self);

    /// <summary>Whether this contact is in a bucket, at this address.</summary>
    public bool Knows(Contact contact) => BucketOf(contact.Id)?.Find(contact.Id)?.Contact == contact;

    /// <summary>Where an id is known to be.</summary>
    public NodeAddress? AddressOf(NodeId id) => BucketOf(id)?.Find(id)?.Contact.Address;

    /// <summary>The contact heard least recently of the bucket that an id belongs to.</summary>
    public BucketEntry? Oldest(NodeId id) => BucketOf(id) is { Entries: [var first, ..] } ? first : null;

    /// <summary>
    /// The healthy contacts whose last sign of life is the longest time ago, and before some time.
    /// </summary>
    /// <param name="count">At most how many.</param>
    /// <param name="before">In ticks of UTC.</param>
    public IReadOnlyList<Contact> Oldest(int count, long before)
    {
        var oldest = new PriorityQueue<Contact, long>(count + 1); // the youngest first
        foreach (var entry in Entries)
        {
            if (!entry.Healthy || entry.SignAt >= before)
                continue;
            oldest.Enqueue(entry.Contact, -entry.SignAt);
            if (oldest.Count > count)
                oldest.Dequeue();
        }
        var contacts = new List<Contact>(oldest.Count);
        while (oldest.TryDequeue(out var contact, out _))
            contacts.Add(contact);
        contacts.Reverse();
        return contacts;
    }

    /// <summary>
    /// The healthy contacts that were handed out since their last sign of life, which was before some time.
    /// </summary>
    /// <param name="before">In ticks of UTC.</param>
    public IEnumerable<Contact> InUse(long before) =>
        Entries.Where(entry => entry.InUse && entry.Healthy && entry.SignAt < before).OrderBy(entry => entry.SignAt)
            .Select(entry => entry.Contact);

    /// <summary>Notes that a contact let one try pass: it is not handed out until it answers.</summary>
    public void Doubt(Contact contact, DateTimeOffset now)
    {
        if (BucketOf(contact.Id) is { } bucket && bucket.Find(contact.Id)?.Contact == contact)
            bucket.Failed(contact.Id, 1, isWholeRequest: false, now);
    }

    /// <summary>Notes that a contact did not answer a request; after some failures it is forgotten.</summary>
    /// <remarks>
    /// Only if somebody answered since it fell silent: else it is this node's own network that failed.
    /// </remarks>
    /// <param name="contact">The contact.</param>
    /// <param name="now">The time.</param>
    /// <param name="spare">A contact that may take its place once it proved its address.</param>
    /// <returns>How often it failed in a row; 0 if it is not known, or forgotten now.</returns>
    public int Failed(Contact contact, DateTimeOffset now, out Contact? spare)
    {
        spare = null;
        if (BucketOf(contact.Id) is not { } bucket || bucket.Find(contact.Id)?.Contact != contact)
            return 0;
        var entry = bucket.Failed(contact.Id, BucketEntry.Replaceable, isWholeRequest: true, now);
        spare = bucket.TakeReplacement(contact.Id);
        if (entry.Failures < options.MaxFailures || _lastAnswer <= entry.At)
            return entry.Failures;
        Remove(bucket, contact.Id);
        return 0;
    }

    /// <summary>Forgets a contact at once, because it stores nothing for others.</summary>
    public void Remove(Contact contact)
    {
        if (BucketOf(contact.Id) is { } bucket && bucket.Find(contact.Id)?.Contact == contact)
            Remove(bucket, contact.Id);
    }

    /// <summary>Notes a lookup in a bucket's range.</summary>
    public void LookedUp(NodeId target, DateTimeOffset now)
    {
        if (target != self)
            BucketOf(target)!.LastLookup = now;
    }

    /// <summary>
    /// Notes that a lookup found its k nearest: it has looked into every bucket whose range lies wholly within their
    /// distance.
    /// </summary>
    /// <param name="target">What was looked for.</param>
    /// <param name="farthest">The farthest of the k nearest.</param>
    /// <param name="now">The time.</param>
    public void Explored(NodeId target, NodeId farthest, DateTimeOffset now)
    {
        // whoever shares so many bits with the target is nearer than the farthest
        var first = target.SharedPrefix(farthest) + 1;
        if (self.SharedPrefix(target) < first)
            return;
        _neighbourhood = (first, now);
        for (var bit = first; bit < _buckets.Length; bit++)
        {
            if (_buckets[bit] is { } bucket)
                bucket.LastLookup = now;
        }
    }

    /// <summary>A random id in the range of the bucket that waits longest for a lookup, if one is overdue.</summary>
    public NodeId? Overdue(DateTimeOffset now, Random random)
    {
        var deepest = Array.FindLastIndex(_buckets, bucket => bucket?.All.Count > 0);
        for (var bit = 0; bit <= deepest; bit++)
        {
            var bucket = BucketAt(bit);
            if (now - bucket.LastLookup >= options.RefreshInterval)
                return self.Diverge(bit, random);
        }
        return null;
    }

    /// <summary>Puts the contacts of a bucket behind those of nearer ones, nearest first; returns how many there are
    /// then.</summary>
    private int AddBucket(
        Span<Near> near, int start, int bit, NodeId target, bool healthyOnly, NodeAddress? asker)
    {
        var found = start;
        var entries = _buckets[bit] is { } bucket ? bucket.Entries : [];
        for (var index = 0; index < entries.Length; index++)
        {
            ref readonly var entry = ref entries[index];
            if ((healthyOnly && !entry.Healthy) || (asker is { } to && !IsFor(entry.Contact.Address, to)))
                continue;
            var distance = entry.Contact.Id.DistanceTo(target);
            if (found < near.Length)
                found++;
            else if (distance.CompareTo(near[^1].Distance) >= 0)
                continue;
            var place = found - 1;
            for (; place > start && distance.CompareTo(near[place - 1].Distance) < 0; place--)
                near[place] = near[place - 1];
            near[place] = new Near(distance, bit, index);
        }
        return found;
    }

    /// <summary>The contacts that were put together, and that they are handed out if they are.</summary>
    private List<Contact> Take(ReadOnlySpan<Near> near, bool isHandedOut)
    {
        var contacts = new List<Contact>(near.Length);
        foreach (ref readonly var place in near)
        {
            ref var entry = ref _buckets[place.Bucket]!.Notes[place.Index];
            contacts.Add(entry.Contact);
            if (isHandedOut && !entry.InUse)
                entry = entry with { Marks = entry.Marks | EntryMarks.InUse };
        }
        return contacts;
    }

    private static bool IsFor(NodeAddress address, NodeAddress asker) =>
        address != asker && (asker.IsLoopback || !address.IsLoopback) && (address.IsIPv4 || !asker.IsIPv4);

    private KBucket? BucketOf(NodeId id) => id == self ? null : BucketAt(self.SharedPrefix(id));

    private KBucket BucketAt(int bit)
    {
        if (bit >= _buckets.Length)
            Array.Resize(ref _buckets, bit + 1);
        return _buckets[bit] ??= new KBucket(options.K, options.MaxReplacements)
        {
            LastLookup = bit >= _neighbourhood.FirstBucket ? _neighbourhood.At : DateTimeOffset.MinValue,
        };
    }

    private bool TryAdd(KBucket bucket, Contact contact, DateTimeOffset now, EntryMarks marks)
    {
        var known = Know(contact);
        var added = bucket.Add(known, now, marks);
        if (added is null)
            bucket.AddReplacement(known);
        Count += added ?? 0;
        return added is not null;
    }

    private KnownContact Know(Contact contact) => interner?.Share(contact) ?? new KnownContact(contact);

    private void Remove(KBucket bucket, NodeId id)
    {
        bucket.Remove(id);
        Count--;
    }

    /// <summary>
    /// Whether one more that introduced itself may enter: neighbours as many as like, of others a share, since those
    /// need not be known here and whoever calls on everybody would be in every table.
    /// </summary>
    private bool HasRoomForUninvited(KBucket bucket, NodeId id)
    {
        var uninvited = bucket.CountUninvited();
        if (uninvited < options.MinUninvitedInBucket)
            return true;
        return uninvited < bucket.Entries.Length - uninvited || MayBeNeighbour(id);
    }

    /// <summary>
    /// Whether this node may be one of the k nearest to an id, if as many nodes stand around that as around itself.
    /// </summary>
    private bool MayBeNeighbour(NodeId id)
    {
        var bit = self.SharedPrefix(id);
        var nearer = CountDeeper(bit) * Math.ScaleB(self.DistanceTo(id).Share, bit + 1);
        return nearer < NeighboursReach * options.K;
    }

    /// <summary>How many contacts are nearer to this node than any of a bucket.</summary>
    private int CountDeeper(int bit)
    {
        var count = 0;
        for (bit++; bit < _buckets.Length; bit++)
            count += _buckets[bit]?.Entries.Length ?? 0;
        return count;
    }

    private bool IsCrowded(KBucket bucket, NodeAddress address)
    {
        if (options.ExemptLoopback && address.IsLoopback)
            return false;
        var subnet = address.Subnet;
        return bucket.CountOf(subnet) >= options.MaxPerSubnetInBucket || CountOf(subnet) >= options.MaxPerSubnetInTable;
    }

    private int CountOf(NodeAddress subnet)
    {
        var count = 0;
        foreach (var bucket in _buckets)
            count += bucket?.CountOf(subnet) ?? 0;
        return count;
    }

    /// <summary>Where a contact stands, and how far it is from what is looked for.</summary>
    private readonly record struct Near(Distance Distance, int Bucket, int Index);
}
