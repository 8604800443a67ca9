namespace NuCypher.P2P.Simulator.Tests;

/// <summary>The simulator is tested, too: what is planted must be found, and nothing may be found where nothing is.</summary>
public sealed class PlantedBugTests
{
    private const ulong MaxSeeds = 20;

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
    };

    [Fact]
    public void Run_AcknowledgementBeforeTheKfragIsDurable_IsFound()
    {
        var planted = Crashing with { Disk = new DiskConditions { AcknowledgesEarly = true, MaxLatency = TimeSpan.FromSeconds(2) } };

        var found = SeedSweep.Run(planted, 1, MaxSeeds, threads: 2, result => result.Violations.Count == 0)
            .SelectMany(result => result.Violations);

        Assert.Contains(found, violation => violation.Invariant.StartsWith("an acknowledged kfrag", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_NothingPlanted_FindsNothing()
    {
        var sound = Crashing with { Disk = new DiskConditions { MaxLatency = TimeSpan.FromSeconds(2) } };

        var kept = SeedSweep.Run(sound, 1, 4, threads: 2, _ => true).SelectMany(result => result.Violations)
            .Where(violation => violation.Invariant.StartsWith("an acknowledged kfrag", StringComparison.Ordinal));

        Assert.Empty(kept);
    }
}
