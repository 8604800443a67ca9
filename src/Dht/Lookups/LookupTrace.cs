namespace NuCypher.P2P.Dht;

/// <summary>Writes down what a lookup asked whom, and what came of it.</summary>
/// <param name="target">What is looked for.</param>
/// <param name="timeline">The time.</param>
internal sealed class LookupTrace(NodeId target, Timeline timeline)
{
    private readonly List<TraceHop> _hops = [];
    private readonly Dictionary<NodeId, (NodeId By, int Depth)> _named = [];
    private readonly DateTimeOffset _start = timeline.Now;

    /// <summary>All requests, in the order in which they were sent.</summary>
    public IReadOnlyList<TraceHop> Hops => _hops;

    /// <summary>A contact is asked.</summary>
    public void Asked(Contact contact)
    {
        var (by, depth) = _named.TryGetValue(contact.Id, out var named) ? ((NodeId?)named.By, named.Depth) : (null, 1);
        _hops.Add(new TraceHop(
            contact, by, depth, contact.Id.SharedPrefix(target), timeline.Now - _start, null, HopEnd.NotAwaited, 0, 0));
    }

    /// <summary>A contact answered.</summary>
    public void Answered(Contact contact, HopEnd end) => End(contact, end);

    /// <summary>A contact did not answer.</summary>
    public void Silent(Contact contact) => End(contact, HopEnd.Silent);

    /// <summary>A contact that answers names another one.</summary>
    public void Named(Contact by, Contact contact)
    {
        if (IndexOf(by) is not (>= 0 and var index))
            return;
        var isNew = _named.TryAdd(contact.Id, (by.Id, _hops[index].Depth + 1));
        _hops[index] = _hops[index] with
        {
            Named = _hops[index].Named + 1,
            New = _hops[index].New + (isNew ? 1 : 0),
        };
    }

    private void End(Contact contact, HopEnd end)
    {
        if (IndexOf(contact) is >= 0 and var index)
            _hops[index] = _hops[index] with { Took = timeline.Now - _start - _hops[index].AskedAfter, End = end };
    }

    private int IndexOf(Contact contact) => _hops.FindLastIndex(hop => hop.Contact == contact);
}
