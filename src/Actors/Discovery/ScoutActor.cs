using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>
/// Finds Ursulas: random points of the id space, the contacts around them, the signed records of those.
/// </summary>
/// <remarks>
/// Nobody can push himself forward: the points are random, and a record counts only under the id that its key hashes
/// to. Look-ups of one node that are under way at the same time are joined.
/// </remarks>
public sealed class ScoutActor : ReceiveActor, IWithTimers
{
    private readonly ScoutOptions _options;
    private readonly KademliaCalls _kademlia;
    private readonly Random _random;
    private readonly RecordMemory _memory;
    private readonly Dictionary<NodeId, List<Action<ServiceTarget?>>> _lookups = [];
    private readonly HashSet<Search> _searches = [];
    private readonly Dictionary<long, Search> _guestCalls = [];
    private readonly IActorRef _link;
    private long _lastCall;

    /// <summary>Starts with nothing remembered.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="kademlia">Finds contacts and records.</param>
    /// <param name="random">Chooses the points.</param>
    /// <param name="link">Asks mediators for their guests, who stand in nobody's table.</param>
    public ScoutActor(ScoutOptions options, IActorRef kademlia, Random random, IActorRef link)
    {
        (_options, _random, _link) = (options, random, link);
        _kademlia = new KademliaCalls(kademlia, Self, Context.System.Scheduler);
        _memory = new RecordMemory(options);
        Receive<FindService>(f => LookUp(f.Node, Reply(Sender, f.Node)));
        Receive<FindUrsulas>(StartSearch);
        Receive<KademliaReply>(_kademlia.Take);
        Receive<ServiceAnswer>(MeetGuests);
        Receive<SearchExpired>(expired => Finish(expired.Search));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    private static Action<ServiceTarget?> Reply(IActorRef asker, NodeId node) =>
        target => asker.Tell(new ServiceFound(node, target));

    private void LookUp(NodeId node, Action<ServiceTarget?> found)
    {
        if (_memory.TryGet(node, Now, out var known))
            found(known);
        else if (_lookups.TryGetValue(node, out var waiting) && waiting.Count < _options.MaxPending)
            waiting.Add(found);
        else if (waiting is not null || _lookups.Count >= _options.MaxPending)
            found(null);
        else
        {
            _lookups.Add(node, [found]);
            _kademlia.Send(id => new GetRecord(id, node), outcome => Resolve(node, outcome));
        }
    }

    private void StartSearch(FindUrsulas find)
    {
        if (_searches.Count >= _options.MaxPending)
        {
            Sender.Tell(new UrsulasFound([]));
            return;
        }

        var search = new Search(Sender, find);
        _searches.Add(search);
        for (var i = 0; i < _options.ProbesPerSearch; i++)
        {
            var point = NodeId.Random(_random);
            search.Pending++;
            _kademlia.Send(id => new FindClosest(id, point), outcome => Visit(search, outcome));
        }

        Timers.StartSingleTimer(search, new SearchExpired(search), _options.SearchTimeLimit);
    }

    private void Resolve(NodeId node, DhtOutcome outcome)
    {
        _lookups.Remove(node, out var waiting);
        var target = outcome is RecordFound found && NodeRecord.TryRead(found.Record, out var record, out _)
            ? record.Service
            : null;
        if (target is not null)
            _memory.Add(node, target, Now);
        foreach (var tell in waiting ?? [])
            tell(target);
    }

    private void Visit(Search search, DhtOutcome outcome)
    {
        foreach (var contact in outcome is ClosestFound closest ? closest.Contacts : [])
        {
            if (!search.Seen.Add(contact.Id))
                continue;
            search.Pending++;
            LookUp(contact.Id, target => Settle(search, target));
        }

        Settle(search, null);
    }

    private void AskForGuests(Search search, ServiceTarget mediator)
    {
        if (!mediator.IsMediator || search.GuestCalls >= _options.MaxGuestCalls || !_searches.Contains(search))
            return;
        search.GuestCalls++;
        search.Pending++;
        _guestCalls.Add(++_lastCall, search);
        _link.Tell(new ServiceCall(_lastCall, mediator.Address, ServiceKind.Guests, default, _options.GuestsTimeLimit));
    }

    private void MeetGuests(ServiceAnswer answer)
    {
        if (!_guestCalls.Remove(answer.CallId, out var search))
            return;
        foreach (var target in GuestList.Read(answer.Body.Span, Context.System.Scheduler.Now))
        {
            _memory.Add(target.Id, target, Now);
            if (search.Seen.Add(target.Id))
                search.Found[target.Id] = target;
        }
        Settle(search, null);
    }

    private void Settle(Search search, ServiceTarget? target)
    {
        if (target is not null)
        {
            search.Found[target.Id] = target;
            AskForGuests(search, target);
        }
        if (--search.Pending == 0 || search.Found.Count >= search.Count)
            Finish(search);
    }

    private void Finish(Search search)
    {
        if (!_searches.Remove(search))
            return;
        Timers.Cancel(search);
        search.Asker.Tell(
            new UrsulasFound([.. search.Found.Values.OrderBy(target => target.Id.ToString(), StringComparer.Ordinal)]));
    }

    private sealed class Search(IActorRef asker, FindUrsulas wish)
    {
        public IActorRef Asker { get; } = asker;

        public int Count { get; } = wish.Count;

        public int Pending { get; set; }

        public int GuestCalls { get; set; }

        public HashSet<NodeId> Seen { get; } = [.. wish.Known];

        public Dictionary<NodeId, ServiceTarget> Found { get; } = [];
    }

    private sealed record SearchExpired(Search Search);
}
