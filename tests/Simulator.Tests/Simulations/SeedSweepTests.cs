namespace NuCypher.P2P.Simulator.Tests;

public sealed class SeedSweepTests
{
    private static readonly Scenario Tiny = new()
    {
        Nodes = 6,
        Clients = 2,
        Duration = TimeSpan.FromMinutes(5),
        SettleTime = TimeSpan.FromSeconds(5),
        HealTime = TimeSpan.FromSeconds(10),
        Policies = new PolicyLoad { Count = 2, ReadInterval = TimeSpan.FromMinutes(1) },
        LookupsPerMinute = 5,
    };

    [Fact]
    [Trait("Row", "NW-16")]
    public void Run_TwoThreads_GivesTheHashesOfEachSeedAlone()
    {
        string[] alone = [.. Enumerable.Range(1, 6).Select(seed => new Simulation(Tiny, (ulong)seed).Run().TraceHash)];

        var together = SeedSweep.Run(Tiny, 1, 6, threads: 2, _ => true);

        Assert.Equal(alone, together.Select(result => result.TraceHash));
    }

    [Fact]
    public void Run_CallerSaysStop_EndsEarly()
    {
        var results = SeedSweep.Run(Tiny, 1, 1_000, threads: 2, _ => false);

        Assert.InRange(results.Count, 1, 2);
    }

    [Fact]
    public void Run_StoppedWithinItsFirstWorlds_EndsThemInTheMiddle()
    {
        using var stop = new CancellationTokenSource();
        var plants = new Plants { Setup = setup => Stop(setup) };

        var results = SeedSweep.Run(
            Tiny with { Duration = TimeSpan.FromDays(1000), Plants = plants }, 1, 1_000, threads: 2, _ => true,
            stop.Token);

        Assert.InRange(results.Count, 1, 2);
        Assert.All(results, result => Assert.False(result.IsComplete));

        TSetup Stop<TSetup>(TSetup setup)
        {
            stop.Cancel();
            return setup;
        }
    }

    [Fact]
    public void Shrink_RunThatMissesADemand_FindsASmallerOneThatDoesToo()
    {
        var impossible = Tiny with
        {
            Nodes = 12,
            Network = NetworkConditions.Ordinary with { Loss = Chance.Of(0.9) },
            Demands = new Demands { Lookups = Chance.Always },
        };
        var failing = new Simulation(impossible, seed: 1).Run();

        var smallest = Shrinker.Shrink(failing, _ => true);

        Assert.Equal(failing.Violations[0].Invariant, smallest.Violations[0].Invariant);
        Assert.True(
            smallest.Scenario.Nodes < 12 && smallest.Scenario.Duration < Tiny.Duration,
            $"{smallest.Scenario.Nodes} nodes");
    }

    [Fact]
    public void Shrink_BugThatOneAdversaryBringsToLight_LeavesOutAllOthersAndEveryFault()
    {
        var planted = Tiny with
        {
            Faults = new FaultPlan
            {
                Churn = new Churn { PercentPerHour = 100 },
                Unreachable = Chance.Of(0.1),
                Episodes = new SortedDictionary<FaultKind, Episodes>
                {
                    [FaultKind.Pause] = new() { Every = TimeSpan.FromMinutes(1) },
                },
            },
            Adversaries = new AdversaryPlan { ForgedStoresPerMinute = 30, Strangers = 1, Flooders = 1, Vladimirs = 1 },
            Plants = new Plants { Setup = setup => setup with { Verifier = (_, _, _) => true } },
        };
        var failing = new Simulation(planted, seed: 1).Run();

        var smallest = Shrinker.Shrink(failing, _ => true);

        Assert.Equal("only validly signed records are passed on", smallest.Violations[0].Invariant);
        Assert.Equal("forged-stores-per-minute", Assert.Single(ScenarioBlocks.In(smallest.Scenario)));
        Assert.Equal(
            ["churn", "flooders", "pause", "strangers", "unreachable", "vladimirs"],
            smallest.Scenario.Without.Order(StringComparer.Ordinal));
    }
}
