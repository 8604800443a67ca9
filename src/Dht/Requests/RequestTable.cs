namespace NuCypher.P2P.Dht;

/// <summary>The requests under way: sends, sends again with the same id, matches answers by id and source.</summary>
internal sealed class RequestTable(
    NodeId self, KademliaOptions options, Random random, Timeline timeline, Doubts doubts, Proofs proofs,
    List<DhtEffect> effects, DhtCounts counts)
{
    private const int SmallRoom = 8;

    private readonly Dictionary<MessageId, PendingRequest> _pending = [];
    private readonly RpcWriter _writer = new(self, options.ClientMode, isProver: true);
    private readonly RttTable _rtt = new(options);

    /// <summary>Called with each contact that let one try pass, at its first silence.</summary>
    public Action<Contact> Doubted { get; set; } = _ => { };

    /// <summary>Requests that wait for an answer.</summary>
    public int Count => _pending.Count;

    /// <summary>Sends a request; if too many are under way, its caller finds the peer silent.</summary>
    public PendingRequest Send(
        Contact to, RpcMethod method, RpcCaller caller, NodeId key = default, ReadOnlySpan<byte> value = default,
        int? maxTries = null)
    {
        var id = MessageId.Random(random);
        var datagram = _writer.Request(
            id, method, key, value, FillOf(to.Address, method), options.MaxDatagramSize);
        var request = new PendingRequest(id, to, method, datagram, maxTries ?? options.MaxTries, caller);
        if (_pending.Count < options.MaxPendingRequests && _pending.TryAdd(id, request))
            Transmit(request);
        else
            timeline.After(TimeSpan.Zero, () => caller.Silent(request));
        return request;
    }

    /// <summary>Forgets a request without telling its caller; no effect if it is over.</summary>
    public void Cancel(PendingRequest request)
    {
        if (!_pending.ContainsKey(request.Id))
            return;
        Remove(request.Id);
        timeline.Cancel(request.Deadline!);
    }

    /// <summary>Whether somebody at that address was asked, so that an answer is worth reading.</summary>
    public bool Awaits(NodeAddress from, MessageId id) =>
        _pending.TryGetValue(id, out var request) && request.To.Address == from;

    /// <summary>Takes an answer; false if nobody at that address was asked.</summary>
    public bool Receive(NodeAddress from, MessageId id, in RpcResponse response)
    {
        if (!_pending.TryGetValue(id, out var request) || request.To.Address != from)
            return false;
        Remove(id);
        counts.Answered(request.Method);
        timeline.Cancel(request.Deadline!);
        doubts.Clear(from);
        if (request.Tries == 1)
            _rtt.Measure(from, timeline.Now - request.SentAt, response.Trailer.Challenge is null);
        if (response.Trailer.Challenge is { } challenge && (response.Trailer.IsUrgent || request.Caller.WillStore))
            effects.Add(new Send(from, _writer.Pong(challenge)));
        proofs.Add(from);
        request.Caller.Answered(request, response);
        return true;
    }

    /// <summary>Forgets all requests without telling their callers.</summary>
    public void Clear() => _pending.Clear();

    /// <summary>
    /// To how many bytes a request is filled up, so that the longest answer is not too long for an unproven address.
    /// </summary>
    private int FillOf(NodeAddress to, RpcMethod method) =>
        method is RpcMethod.FindNode or RpcMethod.FindValue && !_rtt.IsKnownTo(to)
            ? (options.MaxDatagramSize + options.MaxAmplification - 1) / options.MaxAmplification
            : 0;

    private void Remove(MessageId id)
    {
        _pending.Remove(id);
        if (_pending.Count == 0 && _pending.Capacity > SmallRoom)
            _pending.TrimExcess();
    }

    private void Transmit(PendingRequest request)
    {
        var timeout = _rtt.TimeoutOf(request.To.Address, request.Tries++);
        request.SentAt = timeline.Now;
        effects.Add(new Send(request.To.Address, request.Datagram));
        var hedge = request.Tries == 1 && request.Caller.IsHurried ? _rtt.HedgeOf(request.To.Address) : timeout;
        request.Deadline = timeline.After(hedge < timeout ? hedge : timeout, new Try(this, request, timeout - hedge));
    }

    private void TryEnded(PendingRequest request, TimeSpan rest)
    {
        if (rest > TimeSpan.Zero)
        {
            request.Deadline = timeline.After(rest, new Try(this, request, TimeSpan.Zero));
            request.Caller.Slow(request);
            return;
        }
        doubts.Add(request.To.Address);
        if (request.Tries == 1)
            Doubted(request.To);
        if (request.Tries < request.MaxTries)
        {
            Transmit(request);
            request.Caller.Late(request);
            return;
        }
        Remove(request.Id);
        counts.Silent(request.Method);
        request.Caller.Silent(request);
    }

    /// <summary>
    /// The end of one try, or of the time in which most answer; a cancelled one lets go of the request and its
    /// datagram.
    /// </summary>
    private sealed class Try(RequestTable table, PendingRequest request, TimeSpan rest) : Timeline.Deadline
    {
        private PendingRequest? _request = request;

        public override void Reach() => table.TryEnded(_request!, rest);

        public override void Drop() => _request = null;
    }
}
