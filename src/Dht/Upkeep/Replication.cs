namespace NuCypher.P2P.Dht;

/// <summary>
/// Keeps records where they belong: stores those of this node, and those it holds for others, again and again.
/// </summary>
/// <remarks>
/// A publisher stores its record every <see cref="KademliaOptions.RepublishInterval"/>, a holder only if nobody stored
/// it at this node meanwhile. A holder that knows k nearer nodes is one no longer, and nobody stores at it: it asks the
/// nearest of them, and stores only what that one does not hold. The record's end of life is inside its signature, so
/// that nobody extends it. Source: Kademlia (2002), section 2.5.
/// </remarks>
internal sealed class Replication(Swarm swarm)
{
    private readonly Dictionary<NodeId, VerifiedRecord> _published = [];
    private readonly Dictionary<NodeId, Timeline.Deadline> _deadlines = [];
    private readonly Queue<NodeId> _due = new();
    private int _running;

    /// <summary>Records that this node publishes.</summary>
    public int PublishedCount => _published.Count;

    /// <summary>Publishes a record now and keeps publishing it until its life ends.</summary>
    public void Publish(VerifiedRecord record, Action<DhtOutcome> finished)
    {
        var isKnown = _published.TryGetValue(record.Key, out var known);
        if (!record.IsCurrent(swarm.Over) || record.NotAfter - swarm.Now > swarm.Options.MaxRecordLife)
            finished(new OperationFailed(DhtFailure.Expired));
        else if (!isKnown && _published.Count >= swarm.Options.MaxPublishedRecords)
            finished(new OperationFailed(DhtFailure.Busy));
        else
            Spread(_published[record.Key] = known?.Supersedes(record) == true ? known : record, finished);
    }

    /// <summary>Stops publishing what is under a key; copies elsewhere live until their end.</summary>
    public void Withdraw(NodeId key) => _published.Remove(key);

    /// <summary>
    /// Notes that a record was stored at this node: unless it is its own, it need not be stored elsewhere for a while.
    /// </summary>
    /// <remarks>
    /// Not planned if it ends before: else a stream of short-lived records would leave a deadline each.
    /// </remarks>
    public void Received(VerifiedRecord record)
    {
        if (!_published.ContainsKey(record.Key) && record.NotAfter - swarm.Over > swarm.Options.RepublishInterval)
            Schedule(record.Key);
    }

    /// <summary>
    /// Keeps again what this node kept before a restart, if a holder may still keep it: its signature is checked again.
    /// </summary>
    public void Restore(HeldRecord held)
    {
        var (key, end) = (held.Record.Key, held.Record.NotAfter);
        if (end <= swarm.Over)
            return;
        // It was kept in its time; the clock may not be right yet so soon after a start.
        var at = swarm.Now < end ? swarm.Now : end.AddTicks(-1);
        var encoded = PlainValue.FromBytes(held.Record.Bytes.Span).Encoded;
        if (swarm.Values.Offer(key, encoded, held.Source, at, isProven: true)
            && swarm.Values.TryGet(key, at, out var value))
            Received(value.Record!);
    }

    /// <summary>
    /// Finds the holders of a key, sends them the value, and keeps a record here too if this node is one of them.
    /// </summary>
    public void Spread(VerifiedRecord record, Action<DhtOutcome> finished)
    {
        Schedule(record.Key);
        LookupRun.Start(swarm, record.Key, null, lookup => Deliver(record, lookup, finished), willStore: true);
    }

    /// <summary>Sends a value to the holders that a lookup found.</summary>
    public void Store(LookupRun lookup, NodeId key, ReadOnlyMemory<byte> encoded, Action<DhtOutcome> finished)
    {
        var (holders, spares) = lookup.Holders();
        if (holders.Count == 0)
            finished(new OperationFailed(swarm.Table.Count == 0 ? DhtFailure.NoContacts : DhtFailure.NoAnswer));
        else
            StoreRun.Start(swarm, holders, key, encoded, stored => finished(Judge(stored)), spares);
    }

    /// <summary>Forgets what is under way; what is due later stays due.</summary>
    public void Pause()
    {
        _deadlines.Clear();
        _due.Clear();
        _running = 0;
    }

    /// <summary>Plans the next round of everything that this node holds or publishes.</summary>
    public void Resume()
    {
        foreach (var key in _published.Keys.Union(swarm.Values.Records.Select(record => record.Key)).ToArray())
            Schedule(key);
    }

    private void Deliver(VerifiedRecord record, LookupRun lookup, Action<DhtOutcome> finished)
    {
        if (!swarm.Options.ClientMode && IsHolder(record.Key, lookup.Holders().Holders))
            swarm.Values.Keep(record, default, swarm.Now);
        Store(lookup, record.Key, ValueStore.Encode(record), finished);
    }

    private bool IsHolder(NodeId key, List<Contact> closest) =>
        closest.Count < swarm.Options.K
        || swarm.Self.DistanceTo(key).CompareTo(closest[^1].Id.DistanceTo(key)) < 0;

    private DhtOutcome Judge(Stored stored) =>
        stored.Acknowledged >= Math.Min(swarm.Options.PublishQuorum, stored.Asked)
            ? stored
            : new OperationFailed(DhtFailure.TooFewHolders);

    private void Schedule(NodeId key)
    {
        if (_deadlines.TryGetValue(key, out var deadline))
            swarm.Timeline.Cancel(deadline);
        var spread = swarm.Options.RepublishInterval * (0.1 * swarm.Random.NextDouble());
        var share = _published.ContainsKey(key) ? TimeSpan.Zero : spread;
        _deadlines[key] = swarm.Timeline.After(swarm.Options.RepublishInterval + share, new Due(this, key));
    }

    private void BecomeDue(NodeId key)
    {
        _deadlines.Remove(key);
        _due.Enqueue(key);
        Continue();
    }

    private void Continue()
    {
        while (_running < swarm.Options.MaxReplications && _due.TryDequeue(out var key))
        {
            if (Find(key) is not { } record)
            {
                if (IsKept(key))
                    Schedule(key); // its time seems to be over: the clock may be wrong
                continue;
            }

            _running++;
            if (Successor(key) is { } successor)
                HolderCheck.Start(swarm, successor, record, isHeld => Checked(record, isHeld));
            else
                Spread(record, _ => SpreadEnded());
        }
    }

    /// <summary>The nearest of k healthy contacts that are all nearer to a key than this node.</summary>
    private Contact? Successor(NodeId key)
    {
        var closest = swarm.Table.Closest(key, swarm.Options.K, healthyOnly: true);
        return _published.ContainsKey(key) || IsHolder(key, closest) ? null : closest[0];
    }

    private bool IsKept(NodeId key) => _published.ContainsKey(key) || swarm.Values.IsRecordKept(key, swarm.Over);

    private void Checked(VerifiedRecord record, bool isHeld)
    {
        if (!isHeld)
        {
            Spread(record, _ => SpreadEnded());
            return;
        }
        Schedule(record.Key);
        SpreadEnded();
    }

    private void SpreadEnded()
    {
        _running--;
        Continue();
    }

    private VerifiedRecord? Find(NodeId key)
    {
        var published = _published.GetValueOrDefault(key);
        if (published?.IsCurrent(swarm.Over) == false)
            _published.Remove(key);
        var held = swarm.Values.TryGet(key, swarm.Now, out var value) ? value.Record : null;
        return held is not null
            && published?.Supersedes(held) != true ? held : published?.IsCurrent(swarm.Now) == true ? published : null;
    }

    /// <summary>
    /// A record's turn to be stored again; smaller than a closure, and there is one for each record held.
    /// </summary>
    private sealed class Due(Replication replication, NodeId key) : Timeline.Deadline
    {
        public override void Reach() => replication.BecomeDue(key);
    }
}
