namespace NuCypher.P2P.Dht;

/// <summary>Gathers the values that a lookup is given, until there are enough of them.</summary>
/// <remarks>
/// Givers that stand closer together than the network's size allows count as one, and those that are too far away to be
/// holders count for nothing: few of them must not end the lookup.
/// </remarks>
internal abstract class ValueCollector(int quorum)
{
    private const double Slack = 1;

    private readonly HashSet<NodeId> _givers = [];
    private NodeId _target;
    private Density? _density;
    private int _k;

    /// <summary>Valid answers so far.</summary>
    public int Answers { get; private set; }

    /// <summary>Whether there are enough.</summary>
    public bool IsComplete => Missing == 0;

    /// <summary>Answers that are still missing.</summary>
    public int Missing { get; private set; } = Math.Max(0, quorum);

    /// <summary>Whether some givers stand closer together than they should, or farther away.</summary>
    public bool IsDoubted { get; private set; }

    /// <summary>What was found; null while nothing was.</summary>
    public abstract DhtOutcome? Outcome { get; }

    /// <summary>Says how near to a key how many givers may be, and how many nodes hold a value.</summary>
    public void Weigh(NodeId target, Density density, int k)
    {
        (_target, _density, _k) = (target, density, k);
        Count();
    }

    /// <summary>Takes one answer.</summary>
    /// <returns>Whether it is valid.</returns>
    public bool Offer(Contact giver, ReadOnlyMemory<byte> encoded)
    {
        if (!TryAdd(giver, encoded))
            return false;
        Answers++;
        var isNew = _givers.Add(giver.Id);
        Count();
        return isNew;
    }

    /// <summary>Whether a contact gave a valid value.</summary>
    public bool HasGiven(Contact contact) => _givers.Contains(contact.Id);

    /// <summary>Notes one answer.</summary>
    protected abstract bool TryAdd(Contact giver, ReadOnlyMemory<byte> encoded);

    private void Count()
    {
        var counted = 0;
        foreach (var distance in _givers.Select(giver => giver.DistanceTo(_target)).Order())
        {
            if (_density is null || (_density.Allows(counted, distance, Slack) && _density.MayHold(distance, _k)))
                counted++;
        }
        Missing = Math.Max(0, quorum - counted);
        IsDoubted = counted < _givers.Count;
    }
}
