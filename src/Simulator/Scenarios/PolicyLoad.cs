namespace NuCypher.P2P.Simulator;

/// <summary>What Alices and Bobs do in a run.</summary>
public sealed record PolicyLoad
{
    /// <summary>How many policies are granted. Default 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>The thresholds and numbers of shares, taken in turn. Default 2 of 3 and 3 of 5.</summary>
    public IReadOnlyList<SharePlan> Plans { get; init; } = [new(2, 3), new(3, 5)];

    /// <summary>The part of the run over which grants are spread, in per cent. Default 40.</summary>
    public int StartSpreadPercent { get; init; } = 40;

    /// <summary>The shortest life of a policy, in per cent of the run. Default 20.</summary>
    public int MinLifePercent { get; init; } = 20;

    /// <summary>
    /// The longest life of a policy, in per cent of the run; above 100 it outlives the run. Default 120.
    /// </summary>
    public int MaxLifePercent { get; init; } = 120;

    /// <summary>How many policies are renewed once.</summary>
    public Chance Renewed { get; init; } = new(250_000);

    /// <summary>How many policies are revoked before their end.</summary>
    public Chance Revoked { get; init; } = new(250_000);

    /// <summary>How often a Bob reads, on the average. Default 5 minutes.</summary>
    public TimeSpan ReadInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The time into the load at which every Bob reads, within a minute: a flash crowd. Zero: never.</summary>
    public TimeSpan CrowdAt { get; init; }

    /// <summary>
    /// Policies that are on the Ursulas' disks from the beginning, and end within a minute: an expiry storm. Default
    /// none.
    /// </summary>
    public int Stored { get; init; }

    /// <summary>The time into the load at which the stored policies begin to end. Default 5 minutes.</summary>
    public TimeSpan StoredEndAt { get; init; } = TimeSpan.FromMinutes(5);
}
