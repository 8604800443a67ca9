namespace NuCypher.P2P.Simulator;

/// <summary>Who means harm in a scenario, and how many of them.</summary>
public sealed record AdversaryPlan
{
    /// <summary>The share of Ursulas that cheat.</summary>
    public Chance HostileUrsulas { get; init; }

    /// <summary>In which ways they cheat, taken in turn. Default all.</summary>
    public IReadOnlyList<HostileWay> Ways { get; init; } = [.. Enum.GetValues<HostileWay>()];

    /// <summary>The share of nodes that drop whatever concerns one policy's treasure map.</summary>
    public Chance Censors { get; init; }

    /// <summary>Nodes whose ids were ground to lie nearest to one treasure map's key.</summary>
    public int Sybils { get; init; }

    /// <summary>Nodes that answer every search with others that do not exist, each nearer than the last.</summary>
    public int EndlessReferrers { get; init; }

    /// <summary>Vladimirs: nodes with a signed record that names another node's address as their own.</summary>
    public int Vladimirs { get; init; }

    /// <summary>Stores of maps that are stale, forged or oversized, in a minute.</summary>
    public int ForgedStoresPerMinute { get; init; }

    /// <summary>True if anybody means harm.</summary>
    public bool IsAny => this != new AdversaryPlan() with { Ways = Ways };
}
