using Xunit.Abstractions;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>The simulator is tested, too: what is planted must be found, and nothing may be found where nothing is.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const ulong MaxSeeds = 500;

    /// <summary>Of each scenario; as many as may be needed for a find with <c>NUCYPHER_NIGHTLY=1</c> in the environment.</summary>
    private static readonly ulong SoundSeeds = Environment.GetEnvironmentVariable("NUCYPHER_NIGHTLY") == "1" ? MaxSeeds : 4;

    /// <summary>Nodes lose power every few minutes, in the middle of their writes.</summary>
    private static readonly Scenario Crashing = new()
    {
        Nodes = 8,
        Clients = 2,
        Duration = TimeSpan.FromMinutes(6),
        SettleTime = TimeSpan.FromSeconds(10),
        HealTime = TimeSpan.FromSeconds(10),
        LookupsPerMinute = 0,
        Policies = new PolicyLoad { Count = 6, MinLifePercent = 300, MaxLifePercent = 300, Revoked = Chance.Never, Renewed = Chance.Never },
        Faults = new FaultPlan { Churn = new Churn { PercentPerHour = 2000, MinDowntime = TimeSpan.FromSeconds(1), MaxDowntime = TimeSpan.FromSeconds(5) } },
        Disk = new DiskConditions { MaxLatency = TimeSpan.FromSeconds(2) },
    };

    private static readonly Scenario CrashingAndRevoking = Crashing with
    {
        Policies = Crashing.Policies with { MinLifePercent = 100, MaxLifePercent = 100, Revoked = Chance.Always },
    };

    /// <summary>Alices revoke soon, and calls come again up to two minutes later.</summary>
    private static readonly Scenario Revoking = new()
    {
        Nodes = 8,
        Clients = 2,
        Duration = TimeSpan.FromMinutes(4),
        SettleTime = TimeSpan.FromSeconds(10),
        HealTime = TimeSpan.FromSeconds(10),
        LookupsPerMinute = 0,
        Policies = new PolicyLoad
        {
            Count = 4,
            StartSpreadPercent = 10,
            MinLifePercent = 100,
            MaxLifePercent = 100,
            Revoked = Chance.Always,
            Renewed = Chance.Never,
            ReadInterval = TimeSpan.FromSeconds(20),
        },
        Network = NetworkConditions.Ordinary with { RepeatedCalls = Chance.Of(0.5), MaxHold = TimeSpan.FromMinutes(2) },
    };

    /// <summary>Policies end, and Bobs come again.</summary>
    private static readonly Scenario Ending = Revoking with
    {
        Policies = Revoking.Policies with { Count = 4, MinLifePercent = 20, MaxLifePercent = 40, Revoked = Chance.Never },
    };

    /// <summary>Somebody stores forged maps.</summary>
    private static readonly Scenario Forged = Revoking with
    {
        Policies = Revoking.Policies with { Count = 4, Revoked = Chance.Never },
        Adversaries = new AdversaryPlan { ForgedStoresPerMinute = 20 },
    };

    /// <summary>More nodes than anybody knows, and searches that must not miss the nearest.</summary>
    private static readonly Scenario Searching = new()
    {
        Nodes = 60,
        Clients = 0,
        RoutersOnly = true,
        Duration = TimeSpan.FromMinutes(2),
        SettleTime = TimeSpan.FromSeconds(20),
        HealTime = TimeSpan.Zero,
        LookupsPerMinute = 120,
        Policies = new PolicyLoad { Count = 0 },
        Network = NetworkConditions.Calm,
        Kademlia = new() { K = 8 },
        Demands = new Demands { Lookups = Chance.Of(0.98) },
    };

    private static readonly Dictionary<string, (Scenario Scenario, string Rule)> Bugs = new()
    {
        ["acknowledgement before the kfrag is durable"] =
            (Crashing with { Disk = Crashing.Disk with { AcknowledgesEarly = true } }, "an acknowledged kfrag is kept and served until its end"),
        ["revocation only in memory"] = (
            CrashingAndRevoking with { Plants = new() { Journal = journal => new ForgetfulJournal(journal) } },
            "no re-encryption begins after the acknowledgement of a revocation"),
        ["deletion instead of a tombstone"] = (
            Revoking with { Plants = new() { Setup = setup => setup with { Ursula = setup.Ursula with { TombstoneLife = TimeSpan.Zero } } } },
            "nothing old revives a revoked policy"),
        ["no check of the end"] = (
            Ending with { Plants = new() { Setup = setup => setup with { Ursula = setup.Ursula with { IsOver = (_, _) => false } } } },
            "no re-encryption outside of the policy's time"),
        ["unsigned map accepted"] = (
            Forged with { Plants = new() { Setup = setup => setup with { Verifier = (_, _, _) => true } } },
            "only validly signed records are passed on"),
        ["wrong order of distances"] = (Searching with { Plants = new() { Read = WrongOrder.Read } }, "an answer names the contacts nearest to the target first"),
        ["lookup that stops early"] = (
            Searching with { Plants = new() { Kademlia = options => options with { MaxLookupRequests = 3 } } },
            "demand: lookups find the nearest node"),
        ["timer that fires after its cancellation"] = (
            Ending with { Plants = new() { System = options => options with { TimersOf = timers => new UnstoppableTimers(timers) } } },
            "a timer that was cancelled never fires"),
    };

    public static TheoryData<string> BugNames => [.. Bugs.Keys];

    [Theory, MemberData(nameof(BugNames))]
    public void Run_PlantedBug_IsFoundAndNamed(string bug)
    {
        var (scenario, rule) = Bugs[bug];

        var find = SeedSweep.Run(scenario, 1, MaxSeeds, threads: 2, result => result.Violations.Count == 0)
            .FirstOrDefault(result => result.Violations.Count > 0);

        output.WriteLine($"{bug}: seed {find?.Seed}");
        Assert.Equal(rule, find?.Violations[0].Invariant);
    }

    [Fact]
    public void Run_NothingPlanted_FindsNothing()
    {
        var scenarios = Bugs.Values.Select(bug => WithoutBugs(bug.Scenario)).Distinct();

        var results = scenarios.SelectMany(sound => SeedSweep.Run(sound, 1, SoundSeeds, threads: 2, _ => true));

        Assert.Empty(results.SelectMany(result => result.Violations.Select(violation => $"seed {result.Seed}: {violation}")));
    }

    private static Scenario WithoutBugs(Scenario scenario) =>
        scenario with { Plants = Plants.None, Disk = scenario.Disk with { AcknowledgesEarly = false } };
}
