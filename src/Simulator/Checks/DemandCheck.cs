namespace NuCypher.P2P.Simulator;

/// <summary>Compares a run with what its scenario demands.</summary>
internal static class DemandCheck
{
    public static void Check(RunContext run)
    {
        var (demands, tally) = (run.Scenario.Demands, run.Tally);
        Demand(run, "lookups find the nearest node", tally.Share("lookups", "lookups failed"), demands.Lookups);
        Demand(run, "treasure maps are available", tally.Share("maps found", "maps not found"), demands.Maps);
        foreach (var (plan, least) in demands.Reads.OrderBy(pair => pair.Key.Shares))
            Demand(run, $"{plan} is readable", tally.Share($"reads {plan}", $"reads failed {plan}"), least);
    }

    private static void Demand(RunContext run, string what, double share, Chance least)
    {
        if (share * 1_000_000 < least.PerMillion)
            run.Report(
                $"demand: {what}", FormattableString.Invariant($"{share:P3}, at least {least.PerMillion / 1e6:P3}"));
    }
}
