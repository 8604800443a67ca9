namespace NuCypher.P2P.Simulator.Tests;

/// <summary>That a run stays on its thread; alone, because the pool is the whole process's.</summary>
[Collection(nameof(Alone))]
public sealed class ThreadPoolTests
{
    /// <summary>What runs the tests uses the pool now and then; a run that did would do so each time.</summary>
    private const int Tries = 5;

    [Fact]
    public void Run_FaultsAndPolicies_DoesNoWorkOnTheThreadPool()
    {
        var scenario = new Scenario
        {
            Nodes = 8,
            Clients = 2,
            Duration = TimeSpan.FromMinutes(2),
            SettleTime = TimeSpan.FromSeconds(5),
            HealTime = TimeSpan.FromSeconds(10),
            Policies = new PolicyLoad { Count = 2 },
            Faults =
                new FaultPlan { Churn = new Churn { PercentPerHour = 2000, MaxDowntime = TimeSpan.FromMinutes(1) } },
        };

        var failures = Enumerable.Range(1, Tries)
            .Select(_ => Record.Exception(() => new Simulation(scenario, seed: 1, guardsThreadPool: true).Run()))
            .TakeWhile(failure => failure is not null)
            .Count();

        Assert.True(failures < Tries, "Each run used the thread pool.");
    }
}
