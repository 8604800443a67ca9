namespace NuCypher.P2P.Simulator;

/// <summary>Compares a run with what its scenario demands.</summary>
internal static class DemandCheck
{
    public static void Check(RunContext run)
    {
        var demands = run.Scenario.Demands;
        Demand(run, "lookups find the nearest node", "lookups", "lookups failed", demands.Lookups);
        Demand(run, "treasure maps are available", "maps found", "maps not found", demands.Maps);
        foreach (var (plan, least) in demands.Reads.OrderBy(pair => pair.Key.Shares))
            Demand(run, $"{plan} is readable", $"reads {plan}", $"reads failed {plan}", least);
    }

    private static void Demand(RunContext run, string what, string good, string bad, Chance least)
    {
        var tally = run.Tally;
        if (least.Allows(tally[bad], tally[good]))
            return;
        run.Report(
            $"demand: {what}",
            FormattableString.Invariant(
                $"{tally.Share(good, bad):P3} of {tally[good] + tally[bad]}, at least {least.PerMillion / 1e6:P3}"));
    }
}
