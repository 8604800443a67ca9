using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class SimulationTests
{
    [Fact]
    public void Run_QuietNetwork_GrantsReadsRevokesAndFindsEverything()
    {
        var result = new Simulation(Small, seed: 1).Run();

        Assert.Empty(result.Violations);
        Assert.Equal(Small.Policies.Count, result.Tally["grants"]);
        Assert.True(result.Tally["reads 2-of-3"] > 0, "nobody read");
        Assert.True(result.Tally["revocations"] > 0, "nobody revoked");
        Assert.True(result.Tally["reads refused: revoked"] > 0, "nobody tried to read after a revocation");
        Assert.True(result.Tally["lookups"] > 50, "nobody looked for anything");
        Assert.Equal(0, result.Tally["lookups failed"]);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameHashAndCounts()
    {
        var (one, other) = (new Simulation(Small, seed: 2).Run(), new Simulation(Small, seed: 2).Run());

        Assert.Equal(one.TraceHash, other.TraceHash);
        Assert.Equal(one.Tally.Counts, other.Tally.Counts);
        Assert.NotEqual(one.TraceHash, new Simulation(Small, seed: 3).Run().TraceHash);
    }

    [Theory, InlineData(1), InlineData(2)]
    [Trait("Row", "NW-10")]
    public void Run_ChurnAndLoss_BreaksNoInvariantAndHeals(ulong seed)
    {
        var scenario = Small with
        {
            Faults = new FaultPlan { Churn = new Churn { PercentPerHour = 300 } },
            Policies = Small.Policies with { MinLifePercent = 120, MaxLifePercent = 150, Revoked = Chance.Never },
            Network = NetworkConditions.Ordinary with
            {
                Loss = Chance.Of(0.1),
                Hold = Chance.Of(0.005),
                RepeatedCalls = Chance.Of(0.1),
            },
        };

        var result = new Simulation(scenario, seed).Run();

        Assert.Empty(result.Violations);
        Assert.True(result.Tally["crashes"] > 3, $"seed {seed}: nothing crashed");
        Assert.True(result.Tally["readable when healed"] > 0, $"seed {seed}: no policy outlived the faults");
    }

    [Fact]
    public void RunUntilLoad_ThirtyStartsASecond_AllButOneInAThousandAreKnownToTheirNearest()
    {
        var scenario = new Scenario
        {
            Nodes = 300,
            Clients = 0,
            RoutersOnly = true,
            StartsPerSecond = 30,
            SettleTime = TimeSpan.FromSeconds(10),
            Policies = new PolicyLoad { Count = 0 },
        };
        var simulation = new Simulation(scenario, seed: 1);
        simulation.RunUntilLoad();
        var nodes = simulation.Context.Nodes;
        var known = nodes.ToDictionary(node => node.Id, node => KnownTo(simulation.Context, node));

        var missing = nodes.Select(node => nodes.Where(other => other != node)
            .OrderBy(other => other.Id.DistanceTo(node.Id)).Take(scenario.Kademlia.K)
            .Count(neighbour => !known[neighbour.Id].Contains(node.Id))).ToArray();

        Assert.InRange(missing.Sum(), 0, nodes.Count * scenario.Kademlia.K / 1000);
        Assert.InRange(missing.Max(), 0, 2);
    }

    private static HashSet<NodeId> KnownTo(RunContext run, SimulatedNode node)
    {
        var limit = TimeSpan.FromSeconds(1);
        var peers = run.World.Loop.RunUntil(
            run.Inquirer.Ask(node.Kademlia!, new GetPeers(), limit, typeof(Peers)), limit);
        return [.. ((Peers)peers!).Contacts.Select(contact => contact.Id)];
    }

    private static Scenario Small => new()
    {
        Nodes = 15,
        Clients = 4,
        Duration = TimeSpan.FromMinutes(20),
        SettleTime = TimeSpan.FromSeconds(10),
        HealTime = TimeSpan.FromMinutes(4),
        Policies = new PolicyLoad { Count = 8, ReadInterval = TimeSpan.FromMinutes(3), Revoked = Chance.Of(0.5) },
        LookupsPerMinute = 10,
    };
}
