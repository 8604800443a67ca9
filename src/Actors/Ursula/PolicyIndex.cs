using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>What Ursula knows of all her policies without having them in memory: stage and time of waking.</summary>
internal sealed class PolicyIndex
{
    private readonly Dictionary<PolicyId, PolicyEntry> _entries = [];
    private readonly PriorityQueue<PolicyId, DateTimeOffset> _wakes = new();
    private readonly int[] _stages = new int[Enum.GetValues<PolicyStage>().Length];

    public int Count(PolicyStage stage) => _stages[(int)stage];

    /// <summary>Policies that count against the limit: tombstones too, because whoever may make policies may revoke them.</summary>
    public int Occupied => _entries.Count;

    public DateTimeOffset? NextWake => _wakes.TryPeek(out _, out var at) ? at : null;

    public PolicyEntry? Find(PolicyId id) => _entries.GetValueOrDefault(id);

    public PolicyEntry GetOrAdd(PolicyId id)
    {
        if (_entries.TryGetValue(id, out var entry))
            return entry;
        _entries.Add(id, entry = new PolicyEntry(id));
        _stages[(int)entry.Stage]++;
        return entry;
    }

    public void Update(PolicyState state)
    {
        var entry = GetOrAdd(state.Policy);
        _stages[(int)entry.Stage]--;
        _stages[(int)state.Stage]++;
        entry.Stage = state.Stage;
        if (state.WakeAt is { } at && at != entry.WakeAt)
            _wakes.Enqueue(state.Policy, at);
        entry.WakeAt = state.WakeAt;
    }

    public void Remove(PolicyEntry entry)
    {
        if (_entries.Remove(entry.Id))
            _stages[(int)entry.Stage]--;
    }

    /// <summary>The policies that are due, each once; a wish that was changed meanwhile is passed over.</summary>
    public List<PolicyEntry> TakeDue(DateTimeOffset now)
    {
        var due = new List<PolicyEntry>();
        while (_wakes.TryPeek(out var id, out var at) && at <= now)
        {
            _wakes.Dequeue();
            if (_entries.TryGetValue(id, out var entry) && entry.WakeAt == at)
                due.Add(entry);
        }

        return due;
    }

    public void WakeAgain(PolicyEntry entry, DateTimeOffset at)
    {
        entry.WakeAt = at;
        _wakes.Enqueue(entry.Id, at);
    }
}
