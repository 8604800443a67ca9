namespace NuCypher.P2P.Simulator;

/// <summary>
/// The faults and adversaries of a scenario, by their names in scenario files, and the scenario without one of them.
/// </summary>
public static class ScenarioBlocks
{
    private static readonly (string Name, Func<Scenario, bool> IsIn, Func<Scenario, Scenario> Remove)[] All =
    [
        (
            "churn",
            s => s.Faults.Churn.PercentPerHour > 0,
            s => s with { Faults = s.Faults with { Churn = new Churn() } }),
        (
            "unreachable",
            s => s.Faults.Unreachable.PerMillion > 0,
            s => s with { Faults = s.Faults with { Unreachable = Chance.Never } }),
        .. Enum.GetValues<FaultKind>().Select(OfFault),
        OfAdversary(
            "hostile-ursulas", a => a.HostileUrsulas.PerMillion > 0, a => a with { HostileUrsulas = Chance.Never }),
        OfAdversary("censors", a => a.Censors.PerMillion > 0, a => a with { Censors = Chance.Never }),
        OfAdversary("sybils", a => a.Sybils > 0, a => a with { Sybils = 0 }),
        OfAdversary(
            "endless-referrers", a => a.EndlessReferrers > 0, a => a with { EndlessReferrers = 0, Accomplices = 0 }),
        OfAdversary("vladimirs", a => a.Vladimirs > 0, a => a with { Vladimirs = 0 }),
        OfAdversary(
            "forged-stores-per-minute", a => a.ForgedStoresPerMinute > 0, a => a with { ForgedStoresPerMinute = 0 }),
        OfAdversary("strangers", a => a.Strangers > 0, a => a with { Strangers = 0 }),
        OfAdversary("greedy-bobs", a => a.GreedyBobs > 0, a => a with { GreedyBobs = 0 }),
        OfAdversary("flooders", a => a.Flooders > 0, a => a with { Flooders = 0 }),
        OfAdversary("crowders", a => a.Crowders > 0, a => a with { Crowders = 0 }),
        OfAdversary("idlers", a => a.Idlers > 0, a => a with { Idlers = 0 }),
        OfAdversary("lying-alices", a => a.LyingAlices > 0, a => a with { LyingAlices = 0 }),
        OfAdversary("one-host", a => a.OneHost > 0, a => a with { OneHost = 0 }),
        OfAdversary("swallowers", a => a.Swallowers > 0, a => a with { Swallowers = 0 }),
        OfAdversary("late-swallowers", a => a.LateSwallowers > 0, a => a with { LateSwallowers = 0 }),
    ];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(block => block.Name)];

    /// <summary>The names of those that a scenario has.</summary>
    public static IReadOnlyList<string> In(Scenario scenario) =>
        [.. All.Where(block => block.IsIn(scenario)).Select(block => block.Name)];

    /// <summary>The scenario without one of them; it remembers its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Scenario Remove(Scenario scenario, string name)
    {
        var block = All.FirstOrDefault(block => block.Name == name);
        return block.Remove is null
            ? throw new ArgumentException($"There is no fault and no adversary \"{name}\".", nameof(name))
            : block.Remove(scenario) with { Without = [.. scenario.Without, name] };
    }

    private static (string Name, Func<Scenario, bool> IsIn, Func<Scenario, Scenario> Remove) OfFault(
        FaultKind kind) => (
        ScenarioSections.Hyphenate(kind.ToString()),
        s => s.Faults.Episodes.ContainsKey(kind),
        s => s with
        {
            Faults = s.Faults with { Episodes = s.Faults.Episodes.Where(pair => pair.Key != kind).ToDictionary() },
        });

    private static (string Name, Func<Scenario, bool> IsIn, Func<Scenario, Scenario> Remove) OfAdversary(
        string name, Func<AdversaryPlan, bool> isIn, Func<AdversaryPlan, AdversaryPlan> remove) =>
        (name, s => isIn(s.Adversaries), s => s with { Adversaries = remove(s.Adversaries) });
}
