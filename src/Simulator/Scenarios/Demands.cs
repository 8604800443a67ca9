namespace NuCypher.P2P.Simulator;

/// <summary>Shares that a run must reach, measured over its load; a run that does not is a violation.</summary>
public sealed record Demands
{
    /// <summary>Lookups that find the nearest node.</summary>
    public Chance Lookups { get; init; }

    /// <summary>Treasure maps found when they are due.</summary>
    public Chance Maps { get; init; }

    /// <summary>Policies readable when they are due, by plan.</summary>
    public IReadOnlyDictionary<SharePlan, Chance> Reads { get; init; } = new Dictionary<SharePlan, Chance>();
}
