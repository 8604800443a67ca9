namespace NuCypher.P2P.Dht;

/// <summary>Gathers the values that a lookup is given, until there are enough of them.</summary>
internal abstract class ValueCollector(int quorum)
{
    private readonly HashSet<NodeId> _givers = [];

    /// <summary>Valid answers so far.</summary>
    public int Answers { get; private set; }

    /// <summary>Whether there are enough.</summary>
    public bool IsComplete => Answers >= quorum;

    /// <summary>Answers that are still missing.</summary>
    public int Missing => Math.Max(0, quorum - Answers);

    /// <summary>What was found; null while nothing was.</summary>
    public abstract DhtOutcome? Outcome { get; }

    /// <summary>Takes one answer.</summary>
    /// <returns>Whether it is valid.</returns>
    public bool Offer(Contact giver, ReadOnlyMemory<byte> encoded)
    {
        if (!TryAdd(giver, encoded))
            return false;
        Answers++;
        return _givers.Add(giver.Id);
    }

    /// <summary>Whether a contact gave a valid value.</summary>
    public bool HasGiven(Contact contact) => _givers.Contains(contact.Id);

    /// <summary>Notes one answer.</summary>
    protected abstract bool TryAdd(Contact giver, ReadOnlyMemory<byte> encoded);
}
