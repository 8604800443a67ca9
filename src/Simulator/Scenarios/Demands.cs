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

    /// <summary>Compares a run with them.</summary>
    internal void Check(RunContext run)
    {
        Demand(run, "lookups find the nearest node", run.Tally.Share("lookups", "lookups failed"), Lookups);
        Demand(run, "treasure maps are available", run.Tally.Share("maps found", "maps not found"), Maps);
        foreach (var (plan, least) in Reads.OrderBy(pair => pair.Key.Shares))
            Demand(run, $"{plan} is readable", run.Tally.Share($"reads {plan}", $"reads failed {plan}"), least);
    }

    private static void Demand(RunContext run, string what, double share, Chance least)
    {
        if (share * 1_000_000 < least.PerMillion)
            run.Report($"demand: {what}", FormattableString.Invariant($"{share:P3}, at least {least.PerMillion / 1e6:P3}"));
    }
}
