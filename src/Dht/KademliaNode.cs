namespace NuCypher.P2P.Dht;

/// <summary>One node of the network, without sockets, clock or entropy of its own.</summary>
/// <remarks>
/// Each method takes an input and the time, and returns what is to be done, in order. The same inputs give the same
/// effects; bytes from the network never make it throw; every table has its limit in <see cref="KademliaOptions"/>. Not
/// safe for several threads at once. Source: Kademlia (2002); the wire is that of bmuller/kademlia over rpcudp.
/// </remarks>
public sealed class KademliaNode
{
    private readonly Swarm _swarm;
    private readonly Replication _replication;
    private readonly Maintenance _maintenance;
    private readonly Responder _responder;
    private readonly Dictionary<OperationId, Timeline.Deadline> _operations = [];
    private DateTimeOffset _wakeAt = DateTimeOffset.MaxValue;
    private long _timerId;
    private bool _hasLeft;
    private RecordAges _ages = RecordAges.None;
    private (long Requests, long Responses, long Malformed, long Unawaited, long RateLimited) _counts;

    /// <summary>A node that knows nobody.</summary>
    /// <param name="self">Its id: <see cref="NodeId.FromVerifyingKey"/> of its key.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="verifier">Checks the signatures of records.</param>
    /// <param name="random">Draws message ids, so in production it must be cryptographically strong.</param>
    /// <param name="interner">Shared by many nodes of one process; null for a node by itself.</param>
    public KademliaNode(
        NodeId self, KademliaOptions options, SignatureVerifier verifier, Random random, Interner? interner = null)
    {
        _swarm = new Swarm(self, options, verifier, random, interner);
        _replication = new Replication(_swarm);
        _maintenance = new Maintenance(_swarm);
        _responder = new Responder(_swarm, _replication);
        _swarm.Introductions.Welcome = new Handover(_swarm).Welcome;
    }

    /// <summary>The node's id.</summary>
    public NodeId Self => _swarm.Self;

    /// <summary>
    /// What ended up to then has ended for certain, and may be forgotten; set before an input while its time is
    /// doubted. Null: the time is believed.
    /// </summary>
    public DateTimeOffset? Over
    {
        get => _swarm.Timeline.Doubted;
        set => _swarm.Timeline.Doubted = value;
    }

    /// <summary>
    /// The nodes of the table that answered their last request, ordered by id: worth saving for the next start.
    /// </summary>
    public IReadOnlyList<Contact> Contacts => FirstContacts(int.MaxValue);

    /// <summary>The numbers that an operator wants to see.</summary>
    public DhtStatistics Statistics => new(
        _swarm.Table.Count, _swarm.Values.RecordCount, _swarm.Values.PlainCount, _swarm.Values.Bytes,
        _replication.PublishedCount, _swarm.Requests.Count,
        _counts.Requests, _counts.Responses, _counts.Malformed + _counts.Unawaited, _counts.RateLimited)
    {
        Ages = _ages,
    };

    /// <summary>What an operator wants to see.</summary>
    public DhtView View => new(
        Self, Statistics, _swarm.Counts.Methods, _swarm.Counts.Lookups,
        new RefusalCounts(_counts.Malformed, _counts.Unawaited, _counts.RateLimited, _responder.StoresRefused),
        CountTable(), _swarm.Counts.Recent, _swarm.EstimateNodes());

    /// <summary>The first of <see cref="Contacts"/>, at most so many.</summary>
    public IReadOnlyList<Contact> FirstContacts(int max) =>
        _swarm.Table.Closest(default, Math.Min(max, _swarm.Table.Count), healthyOnly: true);

    /// <summary>Whether this node keeps a value under a key whose life has not ended.</summary>
    public bool Holds(DateTimeOffset now, NodeId key) => _swarm.Values.TryGet(key, now, out _);

    /// <summary>The records that this node keeps for others: worth saving for the next start.</summary>
    public IReadOnlyList<HeldRecord> HeldRecords =>
        [.. _swarm.Values.Held.Select(held => new HeldRecord(held.Record.Record, held.Source))];

    /// <summary>
    /// Keeps again what it kept before it stopped; what is forged, expired or beyond a quota is left out.
    /// </summary>
    public IReadOnlyList<DhtEffect> Restore(DateTimeOffset now, IEnumerable<HeldRecord> records)
    {
        Begin(now);
        if (!_swarm.Options.ClientMode)
        {
            foreach (var held in records)
                _replication.Restore(held);
        }
        return End();
    }

    /// <summary>Takes a datagram, whatever it is.</summary>
    public IReadOnlyList<DhtEffect> Receive(DateTimeOffset now, NodeAddress from, ReadOnlyMemory<byte> datagram)
    {
        Begin(now);
        if (!_hasLeft)
            Take(from, datagram);
        return End();
    }

    /// <summary>A timer fired. No effect if a later one took its place.</summary>
    public IReadOnlyList<DhtEffect> Expire(DateTimeOffset now, long timerId)
    {
        Begin(now);
        if (timerId == _timerId)
            _wakeAt = DateTimeOffset.MaxValue;
        return End();
    }

    /// <summary>Joins the network through nodes at known addresses; ends with <see cref="Joined"/>.</summary>
    public IReadOnlyList<DhtEffect> Bootstrap(DateTimeOffset now, OperationId operation, IEnumerable<NodeAddress> seeds)
    {
        if (_hasLeft)
            _replication.Resume();
        _hasLeft = false;
        return Operate(now, operation, finish => BootstrapRun.Start(_swarm, seeds, finish, _maintenance.Fill));
    }

    /// <summary>Finds the newest record under a key; ends with <see cref="RecordFound"/>.</summary>
    /// <param name="now">The time.</param>
    /// <param name="operation">The caller's name for this operation.</param>
    /// <param name="key">The record's key.</param>
    /// <param name="quorum">Valid answers to wait for; <see cref="KademliaOptions.ValueQuorum"/> if not given.</param>
    public IReadOnlyList<DhtEffect> GetRecord(
        DateTimeOffset now, OperationId operation, NodeId key, int? quorum = null) =>
        Operate(now, operation, finish => Find(
            key, new RecordCollector(key, quorum ?? _swarm.Options.ValueQuorum, _swarm.Verifier, now), finish));

    /// <summary>
    /// The same for a treasure map: <see cref="KademliaOptions.MapQuorum"/> answers are waited for, since an old one
    /// brought back would do harm.
    /// </summary>
    public IReadOnlyList<DhtEffect> GetMap(DateTimeOffset now, OperationId operation, NodeId key) =>
        GetRecord(now, operation, key, _swarm.Options.MapQuorum);

    /// <summary>Finds the plain value under a key, unsigned as it is; ends with <see cref="ValueFound"/>.</summary>
    /// <param name="now">The time.</param>
    /// <param name="operation">The caller's name for this operation.</param>
    /// <param name="key">The value's key.</param>
    /// <param name="quorum">Answers to wait for; <see cref="KademliaOptions.ValueQuorum"/> if not given.</param>
    public IReadOnlyList<DhtEffect> GetValue(
        DateTimeOffset now, OperationId operation, NodeId key, int? quorum = null) =>
        Operate(now, operation, finish => Find(key, new PlainCollector(quorum ?? _swarm.Options.ValueQuorum), finish));

    /// <summary>Stores a plain value once at the nodes nearest to its key; ends with <see cref="Stored"/>.</summary>
    public IReadOnlyList<DhtEffect> SetValue(DateTimeOffset now, OperationId operation, NodeId key, PlainValue value) =>
        Operate(now, operation, finish =>
        {
            if (value.Encoded.Length + RpcWriter.StoreEnvelope > _swarm.Options.MaxDatagramSize)
                finish(new OperationFailed(DhtFailure.TooLarge));
            else
                LookupRun.Start(
                    _swarm, key, null,
                    lookup => _replication.Store(lookup, key, value.Encoded, finish), willStore: true);
        });

    /// <summary>
    /// Stores a record at the nodes nearest to its key, now and until its life ends; ends with <see cref="Stored"/>.
    /// </summary>
    /// <remarks>If a newer record under the same key is being published already, that one is stored instead.</remarks>
    public IReadOnlyList<DhtEffect> PublishRecord(DateTimeOffset now, OperationId operation, VerifiedRecord record) =>
        Operate(now, operation, finish => _swarm.WhenLooked(() => _replication.Publish(record, finish)));

    /// <summary>Stops publishing what is under a key; copies elsewhere live until the record's end.</summary>
    public void Withdraw(NodeId key) => _replication.Withdraw(key);

    /// <summary>Asks whoever is at an address for its id; ends with <see cref="Pong"/>.</summary>
    public IReadOnlyList<DhtEffect> Ping(DateTimeOffset now, OperationId operation, NodeAddress address) =>
        Operate(now, operation, finish => _swarm.Requests.Send(
            new Contact(default, address), RpcMethod.Ping, new PingRun(_swarm, finish)));

    /// <summary>Finds the nodes nearest to a key; ends with <see cref="ClosestFound"/>.</summary>
    public IReadOnlyList<DhtEffect> FindClosest(DateTimeOffset now, OperationId operation, NodeId key) =>
        Operate(now, operation, finish => _swarm.WhenLooked(() => LookupRun.Start(_swarm, key, null, lookup => finish(
            lookup.Closest.Count > 0 ? new ClosestFound(lookup.Closest) : Nothing(lookup)))));

    /// <summary>
    /// Looks for whatever is under a key and writes down whom it asks; ends with <see cref="Traced"/>.
    /// </summary>
    public IReadOnlyList<DhtEffect> Trace(DateTimeOffset now, OperationId operation, NodeId key) =>
        Operate(now, operation, finish => _swarm.WhenLooked(() =>
        {
            var trace = new LookupTrace(key, _swarm.Timeline);
            var values = new AnyCollector(key, _swarm.Options.ValueQuorum, _swarm.Verifier, _swarm.Now);
            LookupRun.Start(_swarm, key, values, _ => finish(new Traced(
                trace.Hops, values.Answers, Holds(_swarm.Now, key), _swarm.EstimateNodes())), trace: trace);
        }));

    /// <summary>
    /// Leaves the network: ends every operation, sends and answers nothing until it joins again; ends with
    /// <see cref="Left"/>.
    /// </summary>
    public IReadOnlyList<DhtEffect> Leave(DateTimeOffset now, OperationId operation)
    {
        Begin(now);
        foreach (var open in _operations.Keys.OrderBy(open => open.Number).ToArray())
            Finish(open, new OperationFailed(DhtFailure.Left));
        _hasLeft = true;
        _swarm.Timeline.Clear();
        _wakeAt = DateTimeOffset.MaxValue;
        _swarm.Requests.Clear();
        _swarm.Forget();
        _swarm.Introductions.Clear();
        _responder.Clear();
        _replication.Pause();
        _maintenance.Stop();
        _swarm.Effects.Add(new OperationFinished(operation, new Left()));
        return End();
    }

    private BucketCount[] CountTable() =>
    [
        .. from entry in _swarm.Table.Entries
           group entry by entry.Contact.Id.SharedPrefix(Self) into bucket
           orderby bucket.Key
           select new BucketCount(
               bucket.Key, bucket.Count(entry => entry.Healthy), bucket.Count(entry => !entry.Healthy)),
    ];

    private void Take(NodeAddress from, ReadOnlyMemory<byte> datagram)
    {
        var isCut = datagram.Length >= _swarm.Options.MaxReceivedDatagramSize;
        var read = isCut ? datagram[.._swarm.Options.MaxReceivedDatagramSize] : datagram;
        if (!RpcHeader.TryRead(read, out var kind, out var id, out var body))
            _counts.Malformed++;
        else if (kind == RpcHeader.Response)
            TakeResponse(from, id, body, isCut);
        else
            TakeRequest(from, id, body, isCut);
    }

    private void TakeResponse(NodeAddress from, MessageId id, ReadOnlyMemory<byte> body, bool isCut)
    {
        if (_swarm.Requests.Awaits(from, id) && RpcResponse.TryRead(body, isCut, out var response)
            && _swarm.Requests.Receive(from, id, response))
            _counts.Responses++;
        else if (_swarm.Proofs.IsAnswer(from, id)
            && RpcResponse.TryRead(body, out response) && response.TryReadNodeId(out var node))
            TakeProof(new Contact(node, from), response.FromClient);
        else
            _counts.Unawaited++;
    }

    private void TakeProof(Contact sender, bool isClient)
    {
        _counts.Responses++;
        _swarm.Proofs.Add(sender.Address);
        if (!isClient)
            _swarm.Introductions.Proved(sender, isInvited: false);
    }

    private void TakeRequest(NodeAddress from, MessageId id, ReadOnlyMemory<byte> body, bool isCut)
    {
        if (!_responder.Allows(from))
        {
            _counts.RateLimited++;
        }
        else if (RpcRequest.TryRead(body, out var request) || (isCut && RpcRequest.TryReadCutStore(body, out request)))
        {
            _counts.Requests++;
            _swarm.Counts.Served(request.Method);
            _responder.Answer(from, id, request, RpcHeader.Size + body.Length);
        }
        else
        {
            _counts.Malformed++;
        }
    }

    private DhtEffect[] Operate(DateTimeOffset now, OperationId operation, Action<Action<DhtOutcome>> start)
    {
        Begin(now);
        if (_hasLeft)
            Refuse(operation, DhtFailure.Left);
        else if (_operations.Count >= _swarm.Options.MaxOperations || _operations.ContainsKey(operation))
            Refuse(operation, DhtFailure.Busy);
        else
            Start(operation, start);
        return End();
    }

    private void Start(OperationId operation, Action<Action<DhtOutcome>> start)
    {
        _operations[operation] = _swarm.Timeline.After(
            _swarm.Options.MaxOperationTime, () => Finish(operation, new OperationFailed(DhtFailure.TimedOut)));
        start(outcome => Finish(operation, outcome));
    }

    private void Refuse(OperationId operation, DhtFailure failure) =>
        _swarm.Effects.Add(new OperationFinished(operation, new OperationFailed(failure)));

    private void Finish(OperationId operation, DhtOutcome outcome)
    {
        if (!_operations.Remove(operation, out var timeLimit))
            return;
        _swarm.Timeline.Cancel(timeLimit);
        _swarm.Effects.Add(new OperationFinished(operation, outcome));
    }

    private void Find(NodeId key, ValueCollector values, Action<DhtOutcome> finish)
    {
        if (_swarm.Values.TryGet(key, _swarm.Now, out var held))
            values.Offer(new Contact(Self, default), held.Encode());
        _swarm.WhenLooked(() => LookupRun.Start(_swarm, key, values, lookup =>
        {
            finish(values.Outcome ?? Nothing(lookup));
            Correct(key, lookup);
            NoteAge(values as RecordCollector);
        }));
    }

    /// <summary>
    /// Gives a record to those that gave an older one, and to the nearest that answered without it though one farther
    /// away has it.
    /// </summary>
    private void Correct(NodeId key, LookupRun lookup)
    {
        if (lookup.Values is not RecordCollector { Newest: { } newest } records)
            return;
        var nearest = lookup.Closest.Where(contact => !records.HasGiven(contact) && records.IsWithin(contact)).Take(1);
        Contact[] holders = [.. nearest, .. records.Outdated.Where(contact => contact.Id != Self)];
        StoreRun.Start(_swarm, holders, key, ValueStore.Encode(newest), _ => { });
    }

    private void NoteAge(RecordCollector? records)
    {
        if (records?.Newest is not null)
            _ages = _ages with { Current = _ages.Current + 1 };
        else if (records?.LatestEnd is { } end)
            _ages = _ages.WithOver(_swarm.Now - end);
    }

    private OperationFailed Nothing(LookupRun lookup) => new(
        lookup.TooLong > 0 ? DhtFailure.TooLong
        : lookup.Answers > 0 ? DhtFailure.NotFound
        : _swarm.Table.Count == 0 ? DhtFailure.NoContacts
        : DhtFailure.NoAnswer);

    private void Begin(DateTimeOffset now)
    {
        _swarm.Timeline.Advance(now);
        if (!_hasLeft)
            _maintenance.Start();
    }

    private DhtEffect[] End()
    {
        _swarm.Timeline.RunDue();
        if (_swarm.Timeline.Next is { } next && next < _wakeAt)
        {
            _wakeAt = next;
            _swarm.Effects.Add(new StartTimer(++_timerId, next - _swarm.Timeline.Now));
        }
        DhtEffect[] effects = [.. _swarm.Effects];
        _swarm.Effects.Clear(); // now, not at the next input: an idle node keeps no datagram alive
        return effects;
    }
}
