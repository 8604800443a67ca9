using System.Net;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>What Ursula knows of all her policies without having them in memory: stage and time of waking.</summary>
internal sealed class PolicyIndex
{
    private readonly Dictionary<PolicyId, PolicyEntry> _entries = [];
    private readonly PriorityQueue<Wake, DateTimeOffset> _byClock = new();
    private readonly PriorityQueue<Wake, TimeSpan> _bySpan = new();
    private readonly PriorityQueue<PolicyId, TimeSpan> _retries = new();
    private readonly Dictionary<Digest, int> _owners = [];
    private readonly Dictionary<IPAddress, int> _sources = [];
    private readonly int[] _stages = new int[Enum.GetValues<PolicyStage>().Length];

    public int Count(PolicyStage stage) => _stages[(int)stage];

    /// <summary>
    /// Policies that count against the limit: tombstones too, because whoever may make policies may revoke them.
    /// </summary>
    public int Occupied => _entries.Count;

    /// <summary>How many of them are this Alice's.</summary>
    public int OccupiedBy(Digest owner) => _owners.GetValueOrDefault(owner);

    /// <summary>How many of them this source arranged for.</summary>
    public int OccupiedFrom(IPAddress? source) => source is null ? 0 : _sources.GetValueOrDefault(source);

    public PolicyEntry? Find(PolicyId id) => _entries.GetValueOrDefault(id);

    /// <summary>The policy's line; a new one counts for the source.</summary>
    public PolicyEntry GetOrAdd(PolicyId id, IPAddress? source = null)
    {
        if (_entries.TryGetValue(id, out var entry))
            return entry;
        _entries.Add(id, entry = new PolicyEntry(id, source));
        _stages[(int)entry.Stage]++;
        if (source is not null)
            _sources[source] = OccupiedFrom(source) + 1;
        return entry;
    }

    /// <summary>Whether the clock has been right for long enough to end what the journal held at the start.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>How long until the next policy is due; null: none is. Look sooner: the clock may be set.</summary>
    public TimeSpan? NextWake(Moment now)
    {
        var next = TimeSpan.MaxValue;
        if (_byClock.TryPeek(out _, out var at) && _bySpan.TryPeek(out _, out var due))
            next = Shorter(at - now.Clock, due - now.Monotonic);
        if (_retries.TryPeek(out _, out var retry))
            next = Shorter(next, retry - now.Monotonic);
        return next < TimeSpan.MaxValue ? next : null;
    }

    /// <summary>A policy that is in memory says where it is.</summary>
    public void Update(PolicyState state, Moment now)
    {
        if (Take(state) is { EndsAt: not null } changed)
            Await(changed, now);
    }

    /// <summary>
    /// Where the journal says that a policy is. By a clock that may not be set yet nothing of it ends.
    /// </summary>
    public void Restore(PolicyState state, Moment now)
    {
        if (Take(state) is { EndsAt: not null } changed && IsSettled)
            Await(changed, now);
    }

    /// <summary>
    /// The clock is believed: what the journal held ends when it shows so, and after the time that is left by it.
    /// </summary>
    public void Settle(Moment now)
    {
        if (IsSettled)
            return;
        IsSettled = true;
        foreach (var entry in _entries.Values.Where(
            entry => entry.EndsAt is not null && entry.WakeAt is null && entry.EndsAt != entry.Reached))
            Await(entry, now);
    }

    public void Remove(PolicyEntry entry)
    {
        if (!_entries.Remove(entry.Id))
            return;
        _stages[(int)entry.Stage]--;
        Own(entry, null);
        if (entry.Source is { } source && --_sources[source] == 0)
            _sources.Remove(source);
    }

    /// <summary>The policies that are due, each once; a wish that was changed meanwhile is passed over.</summary>
    public List<PolicyEntry> TakeDue(Moment now)
    {
        var due = new List<PolicyEntry>();
        while (_byClock.TryPeek(out _, out var at) && at <= now.Clock)
            Take(_byClock.Dequeue(), due);
        while (_bySpan.TryPeek(out _, out var at) && at <= now.Monotonic)
            Take(_bySpan.Dequeue(), due);
        while (_retries.TryPeek(out _, out var at) && at <= now.Monotonic)
            Take(_retries.Dequeue(), at, due);
        return due;
    }

    /// <summary>Lets a policy be due again at a monotonic time, whatever ends.</summary>
    public void Retry(PolicyEntry entry, TimeSpan at)
    {
        entry.RetryAt = at;
        _retries.Enqueue(entry.Id, at);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // The entry if its end is another one than before.
    private PolicyEntry? Take(PolicyState state)
    {
        var entry = GetOrAdd(state.Policy);
        _stages[(int)entry.Stage]--;
        _stages[(int)state.Stage]++;
        (entry.Stage, entry.Reader) = (state.Stage, state.Reader);
        Own(entry, state.Owner ?? entry.Owner);
        if (state.WakeAt == entry.EndsAt)
            return null;
        (entry.EndsAt, entry.WakeAt, entry.RetryAt, entry.Reached) = (state.WakeAt, null, null, default);
        return entry;
    }

    private void Await(PolicyEntry entry, Moment now)
    {
        var at = entry.EndsAt!.Value; // the caller checked it
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
        (entry.WakeAt, entry.Reached) = (null, wake.At);
        due.Add(entry);
    }

    private void Take(PolicyId policy, TimeSpan at, List<PolicyEntry> due)
    {
        if (!_entries.TryGetValue(policy, out var entry) || entry.RetryAt != at)
            return;
        entry.RetryAt = null;
        due.Add(entry);
    }

    private readonly record struct Wake(PolicyId Policy, DateTimeOffset At);
}
