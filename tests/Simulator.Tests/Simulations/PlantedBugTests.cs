using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>
/// The simulator is tested, too: what is planted must be found, and nothing may be found where nothing is.
/// </summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const ulong MaxSeeds = 500;

    /// <summary>
    /// Of each scenario; as many as may be needed for a find with <c>NUCYPHER_NIGHTLY=1</c> in the environment.
    /// </summary>
    private static readonly ulong SoundSeeds = Environment.GetEnvironmentVariable("NUCYPHER_NIGHTLY") == "1"
        ? MaxSeeds
        : 2;

    /// <summary>Nodes lose power every few minutes, in the middle of their writes.</summary>
    private static readonly Scenario Crashing = new()
    {
        Nodes = 8,
        Clients = 2,
        Duration = TimeSpan.FromMinutes(6),
        SettleTime = TimeSpan.FromSeconds(10),
        HealTime = TimeSpan.FromMinutes(4),
        Kademlia = new() { RepublishInterval = TimeSpan.FromMinutes(1) },
        LookupsPerMinute = 0,
        Policies = new PolicyLoad
        {
            Count = 6,
            MinLifePercent = 300,
            MaxLifePercent = 300,
            Revoked = Chance.Never,
            Renewed = Chance.Never,
        },
        Faults = new FaultPlan
        {
            Churn = new Churn
            {
                PercentPerHour = 2000,
                MinDowntime = TimeSpan.FromSeconds(1),
                MaxDowntime = TimeSpan.FromSeconds(5),
            },
        },
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
        Policies =
            Revoking.Policies with { Count = 4, MinLifePercent = 20, MaxLifePercent = 40, Revoked = Chance.Never },
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

    /// <summary>A liar with many addresses, who knows somebody nearer whenever he is asked.</summary>
    private static readonly Scenario LedAstray = Searching with
    {
        Nodes = 20,
        LookupsPerMinute = 20,
        Demands = new Demands(),
        Adversaries = new AdversaryPlan { EndlessReferrers = 1, Accomplices = 150 },
    };

    /// <summary>A second process opens the journal of a first one that still runs.</summary>
    private static readonly Scenario Doubled = Crashing with
    {
        Faults = new FaultPlan
        {
            Episodes = new SortedDictionary<FaultKind, Episodes>
            {
                [FaultKind.Twin] = new()
                {
                    Every = TimeSpan.FromMinutes(1),
                    Length = TimeSpan.FromSeconds(40),
                    Share = Chance.Of(0.5),
                },
            },
        },
    };

    /// <summary>Strangers with real maps, Bobs who ask too often, publishers who store too much.</summary>
    private static readonly Scenario Greedy = Ending with
    {
        Policies = Ending.Policies with { MinLifePercent = 100, MaxLifePercent = 100 },
        Network = NetworkConditions.Ordinary,
        Adversaries = new AdversaryPlan { Strangers = 2, GreedyBobs = 1, Flooders = 1 },
        Kademlia = new() { MaxRecordsPerPublisher = 30, MaxRecordsPerSource = 60 },
        Ursula = new() { MaxNonces = 50 },
    };

    /// <summary>Clocks jump by 20 days and back.</summary>
    private static readonly Scenario Jumping = Revoking with
    {
        Duration = TimeSpan.FromMinutes(8),
        Policies = Revoking.Policies with { MinLifePercent = 300, MaxLifePercent = 300, Revoked = Chance.Of(0.5) },
        Network = NetworkConditions.Ordinary,
        Faults = new FaultPlan
        {
            Episodes = new SortedDictionary<FaultKind, Episodes>
            {
                [FaultKind.ClockJump] = new() { Every = TimeSpan.FromMinutes(1), Share = Chance.Of(0.3) },
            },
        },
    };

    private static readonly ClockGuardOptions Credulous = new()
    {
        Tolerance = TimeSpan.FromDays(365),
        StartDoubt = TimeSpan.Zero,
        JumpDoubt = TimeSpan.Zero,
    };

    /// <summary>An Ursula is asked for more arrangements than she keeps in memory.</summary>
    private static readonly Scenario Crowded = Greedy with
    {
        Adversaries = new AdversaryPlan { Crowders = 1 },
        UrsulaActor = new() { MaxActivePolicies = 10 },
    };

    private static readonly Dictionary<string, (Scenario Scenario, string Rule)> Bugs = new()
    {
        ["acknowledgement before the kfrag is durable"] = (
            Crashing with { Disk = Crashing.Disk with { AcknowledgesEarly = true } },
            "an acknowledged kfrag is kept and served until its end"),
        ["revocation only in memory"] = (
            CrashingAndRevoking with { Plants = new() { Disk = session => new ForgetfulSession(session) } },
            "no re-encryption begins after the acknowledgement of a revocation"),
        ["deletion instead of a tombstone"] = (
            Revoking with { Plants = Ursulas(ursula => ursula with { TombstoneLife = TimeSpan.Zero }) },
            "nothing old revives a revoked policy"),
        ["no check of the end"] = (
            Ending with { Plants = Ursulas(ursula => ursula with { IsOver = (_, _) => false }) },
            "no re-encryption outside of the policy's time"),
        ["unsigned map accepted"] = (
            Forged with { Plants = new() { Setup = setup => setup with { Verifier = (_, _, _) => true } } },
            "only validly signed records are passed on"),
        ["wrong order of distances"] = (
            Searching with { Plants = new() { Read = WrongOrder.Read } },
            "an answer names the contacts nearest to the target first"),
        ["lookup that stops early"] = (
            Searching with { Plants = Tables(table => table with { MaxLookupRequests = 3 }) },
            "demand: lookups find the nearest node"),
        ["timer that fires after its cancellation"] = (
            Ending with { Plants = new() { Heed = _ => null } },
            "a timer that was cancelled never fires"),
        ["search without bounds"] = (
            LedAstray with { Plants = Tables(Boundless) },
            "a search ends within its bounds"),
        ["journal without a fence"] = (
            Doubled with { Disk = Doubled.Disk with { HasNoFence = true } },
            "only the last process that opened a journal is acknowledged"),
        ["re-encryption for anybody"] = (
            Greedy with { Plants = new() { Door = (clients, door) => new ObligingDoor(clients, door) } },
            "no re-encryption but for the Bob whom the policy names"),
        ["a clock that is believed at once"] = (
            Jumping with { Plants = Ursulas(ursula => ursula with { Clock = Credulous }) },
            "an acknowledged kfrag is kept and served until its end"),
        ["no room for those who come last"] = (
            Crowded with { Plants = new() { Door = (_, door) => new FullDoor(door, 10) } },
            "a crowd at an Ursula's door keeps nobody out"),
        ["no allowance"] = (
            Greedy with { Plants = Ursulas(ursula => ursula with { MaxNonces = 1_000 }) },
            "no Bob gets more than his allowance"),
        ["no quota of a publisher"] = (
            Greedy with { Plants = Tables(table => table with { MaxRecordsPerPublisher = 1_000 }) },
            "a node keeps no more records of a publisher or a source than its quotas"),
        ["no quota of a source"] = (
            Greedy with { Plants = Tables(table => table with { MaxRecordsPerSource = 1_000 }) },
            "a node keeps no more records of a publisher or a source than its quotas"),
    };

    /// <summary>What the sound runs must have shown, or they prove nothing.</summary>
    private static readonly string[] Checked =
    [
        "a re-encryption was served", "a Bob was refused because of a revocation", "an Ursula was asked after the end",
        "a timer was cancelled",
        "an answer to a search was checked", "a search was held to its bounds", "a search was sent astray",
        "a call came twice", "a forged record was stored",
        "a power cut found writes under way", "what a journal had acknowledged was read back", "a fence fired",
        "a stranger was refused",
        "a greedy Bob was refused", "a record beyond a quota was refused",
        "a clock jumped", "an Ursula was crowded",
    ];

    public static TheoryData<string> BugNames => [.. Bugs.Keys];

    [Theory, MemberData(nameof(BugNames))]
    [Trait("Row", "NW-16")]
    public void Run_PlantedBug_IsFoundAndNamed(string bug)
    {
        var (scenario, rule) = Bugs[bug];

        var find = SeedSweep.Run(scenario, 1, MaxSeeds, threads: 2, result => !IsFound(result)).FirstOrDefault(IsFound);

        output.WriteLine($"{bug}: seed {find?.Seed}");
        Assert.NotNull(find);

        bool IsFound(SimulationResult result) => result.Violations.Any(violation => violation.Invariant == rule);
    }

    [Fact]
    [Trait("Row", "NW-16")]
    public void Run_NothingPlanted_FindsNothing()
    {
        var scenarios = Bugs.Values.Select(bug => WithoutBugs(bug.Scenario)).Distinct();

        SimulationResult[] results = [.. scenarios.SelectMany(
            sound => SeedSweep.Run(sound, 1, SoundSeeds, threads: 2, _ => true))];

        foreach (var result in results.Where(result => result.Violations.Count > 0))
            output.WriteLine($"seed {result.Seed} of {result.Scenario}: " + string.Join(
                Environment.NewLine,
                result.Violations.Select(violation => $"{violation}").Concat(result.LastEvents)));
        Assert.Empty(results.SelectMany(result => result.Violations));
        Assert.Empty(Checked.Except(
            results.SelectMany(result => result.Sometimes).Where(seen => seen.Count > 0).Select(seen => seen.Name)));
    }

    /// <summary>
    /// Found by 500 seeds: a clock that jumped within seconds of the start was believed for good, so that policies were
    /// deleted by it, or refused for minutes after it was right again.
    /// </summary>
    [Theory, InlineData(14), InlineData(26), InlineData(388), InlineData(497)]
    public void Run_ClocksJumpSoonAfterTheStart_FindsNothing(ulong seed) =>
        Assert.Empty(new Simulation(Jumping, seed).Run().Violations);

    private static Plants Ursulas(Func<UrsulaOptions, UrsulaOptions> change) =>
        new() { Options = node => node with { Ursula = change(node.Ursula) } };

    private static Plants Tables(Func<KademliaOptions, KademliaOptions> change) =>
        new() { Options = node => node with { Dht = change(node.Dht) } };

    private static KademliaOptions Boundless(KademliaOptions options) => options with
    {
        MaxLookupRequests = 10_000,
        MaxLookupCandidates = 10_000,
        MaxLookupTime = TimeSpan.FromHours(1),
    };

    private static Scenario WithoutBugs(Scenario scenario) => scenario with
    {
        Plants = Plants.None,
        Disk = scenario.Disk with { AcknowledgesEarly = false, HasNoFence = false },
    };
}
