namespace NuCypher.P2P.Dht;

/// <summary>Carries out one lookup: FIND_NODE, or FIND_VALUE if there is something to collect.</summary>
internal sealed class LookupRun : RpcCaller
{
    private readonly Swarm _swarm;
    private readonly Lookup _lookup;
    private readonly Density _density;
    private readonly Action<LookupRun> _finished;
    private readonly Timeline.Deadline _timeLimit;
    private readonly LookupTrace? _trace;
    private readonly (DateTimeOffset Clock, DateTimeOffset Time) _start;
    private Timeline.Deadline? _grace;
    private bool _isOver;
    private bool _isWidened;

    private LookupRun(
        Swarm swarm, NodeId target, ValueCollector? values, Action<LookupRun> finished, bool willStore,
        LookupTrace? trace, bool isJoining)
    {
        (_swarm, Values, _finished, WillStore, _trace) = (swarm, values, finished, willStore, trace);
        _start = (swarm.Now, swarm.Timeline.Now);
        var width = values is null ? swarm.Options.K : Math.Min(swarm.Options.K, swarm.Options.ValueWidth);
        _density = new Density(swarm.EstimateNodes());
        int? storeWidth = willStore ? Math.Min(swarm.Options.K, swarm.Options.StoreWidth) : null;
        _lookup = new Lookup(target, swarm.Self, swarm.Options, width, swarm.Doubts, _density, storeWidth,
            isJoining ? swarm.Options.SecondOpinions : 0);
        values?.Weigh(target, _density, swarm.Options.K);
        _timeLimit = swarm.Timeline.After(swarm.Options.MaxLookupTime, Finish);
    }

    /// <inheritdoc />
    public override bool IsHurried => true;

    /// <inheritdoc />
    public override bool WillStore { get; }

    /// <summary>What is being collected; null for FIND_NODE.</summary>
    public ValueCollector? Values { get; }

    /// <summary>How many peers answered.</summary>
    public int Answers { get; private set; }

    /// <summary>
    /// How many of them answered with a longer datagram than is read: they hold a value that is too long.
    /// </summary>
    public int TooLong { get; private set; }

    /// <summary>The nearest contacts that answered: at most k.</summary>
    public IReadOnlyList<Contact> Closest => _lookup.Closest;

    /// <summary>
    /// The k nearest that something is to be stored at, and some who may take the place of a silent one.
    /// </summary>
    public (List<Contact> Holders, List<Contact> Spares) Holders()
    {
        var all = Answers == 0 ? [] : _lookup.Holders(2 * _swarm.Options.K);
        var count = Math.Min(_swarm.Options.K, all.Count);
        return (all[..count], all[count..]);
    }

    /// <summary>Starts a lookup from the contacts of the table.</summary>
    /// <param name="swarm">The node.</param>
    /// <param name="target">What is looked for.</param>
    /// <param name="values">Takes the values that are given; null to look for nodes.</param>
    /// <param name="finished">Called once.</param>
    /// <param name="willStore">Whether something will be stored at those found.</param>
    /// <param name="trace">Where everything is written down, if it is.</param>
    /// <param name="isJoining">Whether those found are the first whom this node gets to know.</param>
    public static void Start(
        Swarm swarm, NodeId target, ValueCollector? values, Action<LookupRun> finished, bool willStore = false,
        LookupTrace? trace = null, bool isJoining = false)
    {
        var run = new LookupRun(swarm, target, values, finished, willStore, trace, isJoining);
        swarm.Table.LookedUp(target, swarm.Timeline.Now);
        var known = swarm.Nearest(target, run._density);
        foreach (var contact in known.Count > 0 ? known : swarm.Table.Closest(target, swarm.Options.K))
            run._lookup.Add(contact);
        foreach (var contact in swarm.Table.SparesNear(target))
            run._lookup.Add(contact, voucher: 0);
        run.Continue();
    }

    /// <inheritdoc />
    public override void Answered(PendingRequest request, in RpcResponse response)
    {
        Answers++;
        var useful = Read(request.To, response, out var isValue);
        _trace?.Answered(request.To, EndOf(response, useful, isValue));
        TooLong += response.IsTooLong ? 1 : 0;
        _lookup.Mark(request.To, useful && !response.FromClient ? CandidateState.Answered : CandidateState.Dropped);
        if (response.FromClient)
            _swarm.Table.Remove(request.To);
        else
            _swarm.Introductions.Heard(request.To, response);
        Continue();
    }

    /// <inheritdoc />
    public override void Silent(PendingRequest request)
    {
        _lookup.MarkSilent(request.To);
        _trace?.Silent(request.To);
        _swarm.Introductions.Failed(request.To);
        Continue();
    }

    /// <inheritdoc />
    public override void Slow(PendingRequest request)
    {
        _lookup.Mark(request.To, CandidateState.Slow);
        Continue();
    }

    /// <inheritdoc />
    public override void Late(PendingRequest request)
    {
        _lookup.Mark(request.To, request.Tries > 2 ? CandidateState.GivenUp : CandidateState.Late);
        Continue();
    }

    private LookupKind Kind =>
        Values is not null ? LookupKind.Value : WillStore ? LookupKind.Store : LookupKind.Nodes;

    private static HopEnd EndOf(in RpcResponse response, bool isUseful, bool isValue) =>
        response.IsTooLong ? HopEnd.TooLong
        : !isUseful || response.FromClient ? HopEnd.Useless
        : isValue ? HopEnd.Value
        : HopEnd.Contacts;

    private bool Read(Contact from, in RpcResponse response, out bool isValue)
    {
        var encoded = default(ReadOnlyMemory<byte>);
        isValue = Values is not null && response.TryReadValue(out encoded);
        if (isValue)
            return Values!.Offer(from, encoded);
        var contacts = response.ReadContacts(_swarm.Options.K);
        while (contacts.TryRead(out var contact))
        {
            if (contact.Address.Reach < from.Address.Reach)
                continue;
            _lookup.Add(contact, voucher: Answers, from);
            _trace?.Named(from, contact);
        }
        return contacts.IsList;
    }

    /// <summary>How many may be asked at once: no more than the values that are still missing.</summary>
    private int AtOnce => Values is { Answers: > 0 } values
        ? Math.Min(_swarm.Options.Alpha, values.Missing)
        : _swarm.Options.Alpha;

    private void Continue()
    {
        if (_isOver)
            return;
        if (Values is { Answers: > 0 })
            _grace ??= _swarm.Timeline.After(_swarm.Options.QuorumGrace, EndGrace);
        Ask();
        if (_lookup.IsOver && !TryWiden())
            NoteExplored();
        else if (Values is { IsComplete: true })
            Finish();
    }

    private void Ask()
    {
        while (_lookup.Next(AtOnce) is { } next)
        {
            _trace?.Asked(next);
            _swarm.Requests.Send(next, Values is null ? RpcMethod.FindNode : RpcMethod.FindValue, this, _lookup.Target);
        }
    }

    /// <summary>
    /// Asks some whom this node knows wherever they are, once, if those found seem to be a crowd that knows only
    /// itself.
    /// </summary>
    private bool TryWiden()
    {
        if (_isWidened || Values is { IsComplete: true } || !_lookup.IsDoubtful)
            return false;
        _isWidened = true;
        var others = _swarm.Table.Entries.Where(entry => entry is { Healthy: true, IsUninvited: false })
            .Select(entry => entry.Contact).ToArray();
        _swarm.Random.Shuffle(others);
        _lookup.AskFor(others.Take(_swarm.Options.SecondOpinions));
        Ask();
        return !_lookup.IsOver;
    }

    /// <summary>Waits no longer for more values, unless those that came may be a crowd's.</summary>
    private void EndGrace()
    {
        if (Values is { IsDoubted: false })
            Finish();
    }

    private void NoteExplored()
    {
        if (_lookup.Horizon is { } horizon)
            _swarm.Table.Explored(_lookup.Target, horizon.Id, _swarm.Timeline.Now);
        Finish();
    }

    private void Finish()
    {
        if (_isOver)
            return;
        _isOver = true;
        _swarm.Counts.Ended(new LookupSummary(
            _lookup.Target, Kind, _start.Clock, _swarm.Timeline.Now - _start.Time, _lookup.Requests, Answers,
            _lookup.Hops, Values?.Answers ?? 0));
        _swarm.Timeline.Cancel(_timeLimit);
        if (_grace is not null)
            _swarm.Timeline.Cancel(_grace);
        _finished(this);
    }
}
