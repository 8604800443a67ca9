namespace NuCypher.P2P.Dht;

/// <summary>Counts which plain value is given most often.</summary>
internal sealed class PlainCollector(int quorum) : ValueCollector(quorum)
{
    private readonly List<PlainValue> _given = [];

    /// <inheritdoc />
    public override DhtOutcome? Outcome => _given
        .GroupBy(value => value)
        .Select(group => new ValueFound(group.Key, group.Count()))
        .MaxBy(found => found.Answers);

    /// <inheritdoc />
    protected override bool TryAdd(Contact giver, ReadOnlyMemory<byte> encoded)
    {
        if (!PlainValue.TryRead(encoded, out var value))
            return false;
        _given.Add(value);
        return true;
    }
}
