using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>What Ursula knows of all her policies without having them in memory: stage and time of waking.</summary>
internal sealed class PolicyIndex
{
    private readonly Dictionary<PolicyId, PolicyEntry> _entries = [];
    private readonly PriorityQueue<Wake, DateTimeOffset> _byClock = new();
    private readonly PriorityQueue<Wake, TimeSpan> _bySpan = new();
    private readonly Dictionary<Digest, int> _owners = [];
    private readonly int[] _stages = new int[Enum.GetValues<PolicyStage>().Length];

    public int Count(PolicyStage stage) => _stages[(int)stage];

    /// <summary>Policies that count against the limit: tombstones too, because whoever may make policies may revoke them.</summary>
    public int Occupied => _entries.Count;

    /// <summary>How many of them are this Alice's.</summary>
    public int OccupiedBy(Digest owner) => _owners.GetValueOrDefault(owner);

    public PolicyEntry? Find(PolicyId id) => _entries.GetValueOrDefault(id);

    public PolicyEntry GetOrAdd(PolicyId id)
    {
        if (_entries.TryGetValue(id, out var entry))
            return entry;
        _entries.Add(id, entry = new PolicyEntry(id));
        _stages[(int)entry.Stage]++;
        return entry;
    }

    /// <summary>How long until the next policy is due; null: none is. Look sooner: the clock may be set.</summary>
    public TimeSpan? NextWake(Moment now)
    {
        if (!_byClock.TryPeek(out _, out var at) || !_bySpan.TryPeek(out _, out var due))
            return null;
        var (byClock, bySpan) = (at - now.Clock, due - now.Monotonic);
        return byClock < bySpan ? byClock : bySpan;
    }

    public void Update(PolicyState state, Moment now)
    {
        var entry = GetOrAdd(state.Policy);
        _stages[(int)entry.Stage]--;
        _stages[(int)state.Stage]++;
        entry.Stage = state.Stage;
        Own(entry, state.Owner ?? entry.Owner);
        if (state.WakeAt != entry.WakeAt)
            entry.Reached = default;
        if (state.WakeAt is { } at && at != entry.WakeAt)
            WakeAgain(entry, at, now);
        entry.WakeAt = state.WakeAt;
    }

    public void Remove(PolicyEntry entry)
    {
        if (!_entries.Remove(entry.Id))
            return;
        _stages[(int)entry.Stage]--;
        Own(entry, null);
    }

    /// <summary>The policies that are due, each once; a wish that was changed meanwhile is passed over.</summary>
    public List<PolicyEntry> TakeDue(Moment now)
    {
        var due = new List<PolicyEntry>();
        while (_byClock.TryPeek(out _, out var at) && at <= now.Clock)
            Take(_byClock.Dequeue(), due);
        while (_bySpan.TryPeek(out _, out var at) && at <= now.Monotonic)
            Take(_bySpan.Dequeue(), due);
        return due;
    }

    public void WakeAgain(PolicyEntry entry, DateTimeOffset at, Moment now)
    {
        var left = at - now.Clock;
        entry.WakeAt = at;
        _byClock.Enqueue(new Wake(entry.Id, at), at);
        _bySpan.Enqueue(new Wake(entry.Id, at), now.Monotonic + (left > TimeSpan.Zero ? left : TimeSpan.Zero));
    }

    private void Own(PolicyEntry entry, Digest? owner)
    {
        if (entry.Owner == owner)
            return;
        if (entry.Owner is { } before && --_owners[before] == 0)
            _owners.Remove(before);
        if (owner is { } now)
            _owners[now] = _owners.GetValueOrDefault(now) + 1;
        entry.Owner = owner;
    }

    private void Take(Wake wake, List<PolicyEntry> due)
    {
        if (!_entries.TryGetValue(wake.Policy, out var entry) || entry.WakeAt != wake.At)
            return;
        entry.WakeAt = null;
        entry.Reached = wake.At > entry.Reached ? wake.At : entry.Reached;
        due.Add(entry);
    }

    private readonly record struct Wake(PolicyId Policy, DateTimeOffset At);
}
