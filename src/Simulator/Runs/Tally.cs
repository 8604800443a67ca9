namespace NuCypher.P2P.Simulator;

/// <summary>What happened in a run, counted.</summary>
public sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>All counts, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>How often something was counted; 0 if never.</summary>
    public long this[string name] => _counts.GetValueOrDefault(name);

    /// <summary>Counts something.</summary>
    public void Add(string name, long count = 1) => _counts[name] = this[name] + count;

    /// <summary>The share of one count in itself and another, from 0 to 1; 1 if there is neither.</summary>
    public double Share(string good, string bad) =>
        this[good] + this[bad] == 0 ? 1 : (double)this[good] / (this[good] + this[bad]);
}
