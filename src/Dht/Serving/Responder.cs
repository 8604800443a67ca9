namespace NuCypher.P2P.Dht;

/// <summary>Answers the requests of others.</summary>
/// <remarks>
/// An address that is not proven is sent at most <see cref="KademliaOptions.MaxAmplification"/> times what came from
/// it. A longer answer waits until a ping to that address is answered, which a Python peer does without noticing; if
/// that takes too long, a short one goes out.
/// </remarks>
internal sealed class Responder
{
    private static readonly TimeSpan EstimateLife = TimeSpan.FromSeconds(10);

    private readonly Swarm _swarm;
    private readonly Replication _replication;
    private readonly RpcWriter _writer;
    private readonly RequestBudgets _budgets;
    private readonly List<Deferred> _deferred = [];
    private DateTimeOffset _nextEstimate = DateTimeOffset.MinValue;
    private Density _density = new(null);
    private int _estimatedOf;
    private readonly LruCache<(NodeAddress From, MessageId Id), (bool Kept, DateTimeOffset At)> _replies;

    public Responder(Swarm swarm, Replication replication)
    {
        (_swarm, _replication) = (swarm, replication);
        _writer = new RpcWriter(swarm.Self, swarm.Options.ClientMode);
        _budgets = new RequestBudgets(swarm.Options);
        _replies = new(swarm.Options.MaxRememberedReplies);
        swarm.Proofs.Proven = Proved;
    }

    /// <summary>Requests to store something that it did not keep.</summary>
    public long StoresRefused { get; private set; }

    private KademliaOptions Options => _swarm.Options;

    /// <summary>Bytes of a ping that this node sends.</summary>
    private int PingSize => Options.ClientMode ? 56 : 53;

    /// <summary>Whether a source may ask once more now.</summary>
    public bool Allows(NodeAddress from) => _budgets.Allow(from, _swarm.Now);

    /// <summary>Answers one request and notes who asked.</summary>
    /// <param name="from">The source.</param>
    /// <param name="id">The message id.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="size">Bytes of the request.</param>
    public void Answer(NodeAddress from, MessageId id, in RpcRequest request, int size)
    {
        var sender = new Contact(request.Sender, from);
        var isStranger = request.Method == RpcMethod.Stun || request.FromClient;
        var isWanted = !isStranger && _swarm.Introductions.Asked(sender) == Admission.Verify;
        var isProven = _swarm.Proofs.IsProven(from);
        var willPing = isWanted && !request.FromProver;
        var room = isProven ? int.MaxValue : (Options.MaxAmplification * size) - (willPing ? PingSize : 0);
        room -= Send(from, id, request, size, room, ProofFor(request, from, isProven, isWanted), isProven);
        if (willPing)
            _swarm.Introductions.Ping(
                sender, Math.Clamp(1 + (room / PingSize), 1, Options.VerificationTries), isInvited: false);
        else if (isWanted && room >= PingSize)
            _swarm.Introductions.Expect(sender);
        if (request.FromClient)
            _swarm.Introductions.Doubt(sender);
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear() => _deferred.Clear();

    /// <summary>Sends the answer, now or later; returns its size.</summary>
    private int Send(
        NodeAddress from, MessageId id, in RpcRequest request, int size, int room, ReadOnlySpan<byte> proof,
        bool isProven)
    {
        var mustWait = !isProven && request.Method == RpcMethod.Store
            && _swarm.Values.IsSettled(request.Key, request.Value);
        var reply = mustWait ? null : Reply(from, id, request, proof, isProven);
        if (reply is null || reply.Length > room)
        {
            if (TryDefer(from, id, request, size))
                return 0;
            reply = Short(from, id, request, room, proof);
        }
        _swarm.Effects.Add(new Send(from, reply));
        return reply.Length;
    }

    private byte[] ProofFor(in RpcRequest request, NodeAddress from, bool isProven, bool isWanted) =>
        request.FromProver
            ? Trailer.Proof(_swarm.Self, isProven ? null : _swarm.Proofs.ChallengeFor(from), isWanted)
            : [];

    private byte[] Reply(
        NodeAddress from, MessageId id, in RpcRequest request, ReadOnlySpan<byte> proof, bool isProven) =>
        request.Method switch
        {
            RpcMethod.Ping => _writer.Pong(id, proof),
            RpcMethod.Store => _writer.Stored(id, Store(from, id, request, isProven), proof),
            RpcMethod.FindNode => Nodes(from, id, request.Key, Options.MaxDatagramSize, proof),
            RpcMethod.FindValue => Value(from, id, request.Key, proof),
            _ => _writer.Seen(id, from, proof),
        };

    /// <summary>What can be said to an address that did not prove itself.</summary>
    private byte[] Short(NodeAddress from, MessageId id, in RpcRequest request, int room, ReadOnlySpan<byte> proof) =>
        request.Method == RpcMethod.Store
            ? _writer.Stored(id, false, proof)
            : Nodes(from, id, request.Key, Math.Min(room, Options.MaxDatagramSize), proof);

    private byte[] Nodes(NodeAddress from, MessageId id, NodeId key, int maxSize, ReadOnlySpan<byte> proof) =>
        _writer.Nodes(id, _swarm.Nearest(key, DensityNow(), from), maxSize, proof);

    private byte[] Value(NodeAddress from, MessageId id, NodeId key, ReadOnlySpan<byte> proof) =>
        _swarm.Values.TryGet(key, _swarm.Now, out var value) && !value.IsNil
            ? _writer.Value(id, value.Encode(), proof)
            : Nodes(from, id, key, Options.MaxDatagramSize, proof);

    /// <summary>What was estimated a moment ago, of as many contacts.</summary>
    private Density DensityNow()
    {
        if (_swarm.Timeline.Now >= _nextEstimate || _swarm.Table.Count != _estimatedOf)
        {
            (_density, _nextEstimate) = (new Density(_swarm.EstimateNodes()), _swarm.Timeline.Now + EstimateLife);
            _estimatedOf = _swarm.Table.Count;
        }
        return _density;
    }

    /// <summary>Stores, unless it is a repetition: a late one must not bring an overwritten value back.</summary>
    private bool Store(NodeAddress from, MessageId id, in RpcRequest request, bool isProven)
    {
        while (_replies.TryPeekOldest(out var oldest) && _swarm.Now - oldest.At >= Options.ReplyMemory)
            _replies.RemoveOldest();
        if (_replies.TryGet((from, id), out var earlier) && _swarm.Now - earlier.At < Options.ReplyMemory)
            return earlier.Kept;
        var kept = !Options.ClientMode && _budgets.AllowStore(request.Key, _swarm.Now)
            && _swarm.Values.Offer(request.Key, request.Value, from, _swarm.Now, isProven);
        if (kept && _swarm.Values.TryGet(request.Key, _swarm.Now, out var value)
            && value is { IsProven: true, Record: { } record })
            _replication.Received(record);
        StoresRefused += kept ? 0 : 1;
        _replies.Set((from, id), (kept, _swarm.Now));
        return kept;
    }

    /// <summary>Lets a request wait until its source answers a ping; false if too many wait.</summary>
    private bool TryDefer(NodeAddress from, MessageId id, in RpcRequest request, int size)
    {
        if (_deferred.Exists(other => other.Id == id && other.From == from))
            return true;
        if (_deferred.Count >= Options.MaxDeferred
            || _deferred.Count(other => other.From == from) >= Options.MaxDeferredPerSource
            || !_swarm.Introductions.Ping(new Contact(request.Sender, from), isInvited: false))
            return false;
        var deferred = new Deferred(from, id, request.Method, request.Sender, request.Key, request.Value, size);
        _deferred.Add(deferred);
        _swarm.Timeline.After(Options.ProofWait, () => GiveUp(deferred));
        return true;
    }

    /// <summary>An address is proven: what waits for that is answered, and what it stored counts.</summary>
    private void Proved(NodeAddress address)
    {
        for (var i = 0; i < _deferred.Count; i++)
        {
            if (_deferred[i].From != address)
                continue;
            var deferred = _deferred[i];
            _deferred.RemoveAt(i--);
            _swarm.Effects.Add(new Send(address, Reply(address, deferred.Id, deferred.Request, [], isProven: true)));
        }
        foreach (var record in _swarm.Values.Prove(address, _swarm.Now))
            _replication.Received(record);
    }

    private void GiveUp(Deferred deferred)
    {
        if (!_deferred.Remove(deferred))
            return;
        var room = (Options.MaxAmplification * deferred.Size) - (Options.VerificationTries * PingSize);
        _swarm.Effects.Add(new Send(deferred.From, Short(deferred.From, deferred.Id, deferred.Request, room, [])));
    }
}
