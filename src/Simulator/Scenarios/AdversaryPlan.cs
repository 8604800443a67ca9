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

    /// <summary>
    /// Nodes that answer every search with others, each nearer than the last, that do not exist or are their
    /// accomplices.
    /// </summary>
    public int EndlessReferrers { get; init; }

    /// <summary>
    /// Addresses at which endless referrers answer besides their own, so that searches which believe them go on.
    /// Default none.
    /// </summary>
    public int Accomplices { get; init; }

    /// <summary>Vladimirs: nodes with a signed record that names another node's address as their own.</summary>
    public int Vladimirs { get; init; }

    /// <summary>Stores of maps that are stale, forged or oversized, in a minute.</summary>
    public int ForgedStoresPerMinute { get; init; }

    /// <summary>Bobs whom no Alice named, who ask with real treasure maps and keys of their own.</summary>
    public int Strangers { get; init; }

    /// <summary>Policies whose Bob asks one Ursula twice as often as she serves anybody.</summary>
    public int GreedyBobs { get; init; }

    /// <summary>Publishers who store more records at a node than it keeps from anybody.</summary>
    public int Flooders { get; init; }

    /// <summary>
    /// Somebody who arranges with one Ursula for more policies than she keeps in memory, without end.
    /// </summary>
    public int Crowders { get; init; }

    /// <summary>Sources that hold as many connections to one Ursula as one source may, and ask nothing.</summary>
    public int Idlers { get; init; }

    /// <summary>
    /// Policies whose Alice publishes a map under another policy key than her kfrags': Ursulas look guilty.
    /// </summary>
    public int LyingAlices { get; init; }

    /// <summary>
    /// Ursulas of one operator on one machine: one address with a port for each. They are among the nodes.
    /// </summary>
    public int OneHost { get; init; }

    /// <summary>The most ids next to one key that differ in its last byte alone.</summary>
    public const int MaxSwallowers = 255;

    /// <summary>
    /// Ids next to a map's key, on two networks: yes to every store, and nothing kept; there before the map.
    /// </summary>
    public int Swallowers { get; init; }

    /// <summary>The same, for another map, which come when it has been read.</summary>
    public int LateSwallowers { get; init; }

    /// <summary>
    /// True if anybody keeps others from what is theirs by what is allowed; the rest must not succeed in it.
    /// </summary>
    public bool IsAny => WhatHarms != new AdversaryPlan() with { Ways = Ways };

    private AdversaryPlan WhatHarms => this with
    {
        Strangers = 0,
        GreedyBobs = 0,
        Flooders = 0,
        Crowders = 0,
        Idlers = 0,
        LyingAlices = 0,
        OneHost = 0,
        Swallowers = 0,
        LateSwallowers = 0,
    };
}
