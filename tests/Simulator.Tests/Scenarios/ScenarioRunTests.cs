namespace NuCypher.P2P.Simulator.Tests;

/// <summary>
/// The scenarios that come with the simulator, made small; each must hold, and must have shown what it is for.
/// </summary>
public sealed class ScenarioRunTests
{
    /// <summary>In a small network a few adversaries are many.</summary>
    private static KeyValuePair<string, string>[] Few =>
        [new("adversaries.sybils", "3"), new("adversaries.endless-referrers", "1"), new(
            "adversaries.forged-stores-per-minute", "10")];

    [Theory]
    [InlineData("lossy", 1, "12", "10m", "a call came twice")]
    [InlineData("partition", 1, "12", "15m", "a partition stopped something")]
    [InlineData("lying-alice", 1, "15", "10m", "a false map was seen through")]
    [InlineData("idle-connections", 1, "12", "6m", "an idle connection was opened")]
    public void Run_SmallScenario_HoldsAndShowsWhatItIsFor(
        string name, ulong seed, string nodes, string duration, string property) =>
        RunSmall(name, seed, nodes, duration, property);

    /// <summary>Those that take longer; most are simulated from several seeds before a change lands.</summary>
    [Theory, Trait("Category", "Long")]
    [InlineData("one-host", 1, "45", "10m", "a policy was granted")]
    [InlineData("busy-ursula", 1, "12", "6m", "an Ursula was crowded")]
    [InlineData("crash-loop", 1, "12", "20m", "a power cut found writes under way")]
    [InlineData("eclipse", 1, "20", "10m", "a request was censored")]
    [InlineData("hostile-ursulas-50", 1, "15", "10m", "an Ursula that cheated was named")]
    [InlineData("churn", 2, "15", "20m", "a node crashed and came back")]
    [InlineData("lost-receipts", 1, "15", "15m", "an answer was lost")]
    [InlineData("clock-jump", 1, "12", "20m", "a clock jumped")]
    public void Run_SlowerScenario_HoldsAndShowsWhatItIsFor(
        string name, ulong seed, string nodes, string duration, string property) =>
        RunSmall(name, seed, nodes, duration, property);

    /// <summary>The attacks at their own size; they hold by what each scenario demands of itself, too.</summary>
    [Theory, Trait("Category", "Long")]
    [InlineData("lost-receipts")]
    [InlineData("clock-jump")]
    [InlineData("one-host")]
    [InlineData("lying-alice")]
    [InlineData("busy-ursula")]
    [InlineData("idle-connections")]
    [InlineData("eclipse-20")]
    [InlineData("eclipse-40")]
    public void Run_AttackAtItsOwnSize_Holds(string name)
    {
        var scenario = ScenarioFile.Read(ScenarioFile.Find(name)!, name);

        var results = SeedSweep.Run(scenario, 1, 2, threads: 2, _ => true);

        foreach (var result in results)
            Assert.True(
                result.Violations.Count == 0,
                $"seed {result.Seed}: {string.Join(Environment.NewLine, result.Violations)}");
        Assert.DoesNotContain(
            results.SelectMany(result => result.Sometimes).GroupBy(seen => seen.Name),
            seen => seen.All(once => once.Count == 0));
    }

    [Fact]
    public void Run_OneEndlessReferrerInASmallNetwork_DoesNotKeepAliceFromGranting()
    {
        var scenario = new Scenario
        {
            Nodes = 12,
            Duration = TimeSpan.FromMinutes(5),
            HealTime = TimeSpan.FromSeconds(10),
            Policies = new PolicyLoad { Count = 4 },
            Adversaries = new AdversaryPlan { EndlessReferrers = 1 },
        };

        var result = new Simulation(scenario, seed: 1).Run();

        Assert.True(result.Tally["false referrals"] > 0, "nobody asked the liar");
        Assert.Equal(4, result.Tally["grants"]);
    }

    [Fact]
    public void Run_ExpiryStorm_DeletesEveryKfragInTime()
    {
        var scenario = ScenarioFile.Read(
            ScenarioFile.Find("expiry-storm")!, "expiry-storm", [new("nodes", "4"), new("policies.stored", "2000")]);

        var result = new Simulation(scenario, seed: 1).Run();

        Assert.Empty(result.Violations);
        Assert.Equal(2000, result.Tally["kfrags gone in time"]);
    }

    [Fact]
    public void Run_RoutersOnly_FindEachOther()
    {
        var scenario = ScenarioFile.Read(
            ScenarioFile.Find("huge")!, "huge", [new("nodes", "100"), new("starts-per-second", "5")]);

        var result = new Simulation(scenario, seed: 1).Run();

        Assert.Empty(result.Violations);
        Assert.True(
            result.Tally.Share("lookups", "lookups failed") > 0.99, $"{result.Tally["lookups failed"]} lookups failed");
    }

    private static void RunSmall(string name, ulong seed, string nodes, string duration, string property)
    {
        var scenario = ScenarioFile.Read(
            ScenarioFile.Find(name)!, name, [new("nodes", nodes), new(
                "duration", duration), new("heal-time", "9m"), new("policies.count", "6"), .. Few]);

        var result = new Simulation(scenario with { Demands = new Demands() }, seed).Run();

        Assert.True(
            result.Violations.Count == 0, $"seed {seed}: {string.Join(Environment.NewLine, result.Violations)}");
        Assert.True(
            result.Sometimes.Single(sometimes => sometimes.Name == property).Count > 0,
            $"seed {seed}: never {property}");
    }
}
