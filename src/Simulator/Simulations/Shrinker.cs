namespace NuCypher.P2P.Simulator;

/// <summary>
/// Makes a failing run shorter and smaller, and leaves out faults and adversaries, as long as it still breaks the same
/// invariant.
/// </summary>
/// <remarks>Only in ways that a command line can say, so that one command replays what it finds.</remarks>
public static class Shrinker
{
    private const int MinNodes = 3;
    private static readonly TimeSpan MinDuration = TimeSpan.FromSeconds(30);

    /// <summary>Tries smaller scenarios with the same seed.</summary>
    /// <param name="failing">A run with a violation.</param>
    /// <param name="tried">Called with each try; false ends the search with the best one so far.</param>
    /// <param name="stop">Ends the search too, in the middle of a try.</param>
    /// <returns>The smallest failing run that was found; <paramref name="failing"/> if none smaller fails.</returns>
    public static SimulationResult Shrink(
        SimulationResult failing, Func<SimulationResult, bool> tried, CancellationToken stop = default)
    {
        var best = failing;
        for (var goesOn = true; goesOn;)
        {
            goesOn = false;
            foreach (var smaller in Smaller(best))
            {
                var result = new Simulation(smaller, failing.Seed, stop: stop).Run();
                if (!tried(result))
                    return best;
                if (!Fails(result, failing))
                    continue;
                (best, goesOn) = (result, true);
                break;
            }
        }

        return best;
    }

    private static bool Fails(SimulationResult result, SimulationResult failing) =>
        result.Violations.Any(violation => violation.Invariant == failing.Violations[0].Invariant);

    private static IEnumerable<Scenario> Smaller(SimulationResult run)
    {
        var scenario = run.Scenario;
        var needed = TimeSpan.FromSeconds(Math.Ceiling(run.Violations[0].At.TotalSeconds));
        if (needed < scenario.Duration)
            yield return scenario with { Duration = needed };
        foreach (var block in ScenarioBlocks.In(scenario))
            yield return ScenarioBlocks.Remove(scenario, block);
        if (scenario.Nodes / 2 >= MinNodes)
            yield return scenario with { Nodes = scenario.Nodes / 2 };
        if (scenario.Duration / 2 >= MinDuration)
            yield return scenario with { Duration = scenario.Duration / 2 };
        if (scenario.Policies.Count > 1)
            yield return scenario with { Policies = scenario.Policies with { Count = scenario.Policies.Count / 2 } };
        if (scenario.Nodes > MinNodes)
            yield return scenario with { Nodes = scenario.Nodes - 1 };
    }
}
