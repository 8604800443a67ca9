using NuCypher.P2P.Actors.Configuration;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class ScenarioFileTests
{
    public static TheoryData<string> Names => [.. ScenarioFile.Names];

    [Theory, MemberData(nameof(Names))]
    public void Read_ScenarioThatComesWithTheSimulator_HasNoUnknownKeyAndItsName(string name)
    {
        var scenario = ScenarioFile.Read(ScenarioFile.Find(name)!, name);

        Assert.Equal((name, name), (scenario.Name, scenario.Source));
    }

    [Fact]
    public void Names_AreThoseThatTheDocumentationPromises()
    {
        string[] promised =
        [
            "churn", "churn-1000", "crash-loop", "eclipse", "expiry-storm", "flash-crowd", "hostile-ursulas-100",
            "hostile-ursulas-20", "hostile-ursulas-50", "huge", "lossy", "partition", "steady",
        ];

        Assert.Equal(promised, ScenarioFile.Names.Intersect(promised));
    }

    [Theory]
    [InlineData("nodez = 3", "unknown key 'nodez'")]
    [InlineData("network.lost = 0.1", "unknown key 'network.lost'")]
    [InlineData("faults.twin.often = 3", "unknown key 'faults.twin.often'")]
    [InlineData("nodes = 0", "from 1 to")]
    [InlineData("nodes = -5", "from 1 to")]
    [InlineData("nodes = 200001", "from 1 to")]
    [InlineData("duration = -1h", "duration")]
    [InlineData("duration = 0s", "longer than nothing")]
    [InlineData("network.loss = 1.5", "share from 0 to 1")]
    [InlineData("network.loss = much", "a number")]
    [InlineData("policies.plans = [\"4-of-3\"]", "2-of-3")]
    [InlineData("policies.plans = [\"2-of-33\"]", "2-of-3")]
    [InlineData("clients = 1", "an Alice and a Bob")]
    [InlineData("routers-only = true, policies.count = 1", "must be 0")]
    [InlineData("adversaries.ways = [\"kindness\"]", "hoarding")]
    [InlineData("demands.reads = [\"2-of-3\"]", "0.97")]
    [InlineData("faults.churn { min-downtime = 5m, max-downtime = 1m }", "shorter than min-downtime")]
    [InlineData("policies { min-life-percent = 50, max-life-percent = 40 }", "from 50")]
    public void Read_WhatMakesNoSense_IsRefusedWithItsLineAndReason(string line, string reason)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => ScenarioFile.Read($"# mine\n{line}\n", "mine.hocon"));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, refusal.Line);
    }

    [Fact]
    public void Read_Overrides_WinOverTheFile()
    {
        var scenario = ScenarioFile.Read(
            "nodes = 3\npolicies.count = 4", "mine.hocon", [new("nodes", "7"), new("policies.count", "0")]);

        Assert.Equal((7, 0), (scenario.Nodes, scenario.Policies.Count));
    }

    [Fact]
    public void Read_EveryKindOfFault_HasABlockOfItsName()
    {
        var scenario = ScenarioFile.Read(
            "faults { failing-disk { every = 1m, length = 2s, share = 0.5 }, unreachable = 0.25 }", "mine.hocon");

        Assert.Equal(
            new Episodes { Every = TimeSpan.FromMinutes(1), Length = TimeSpan.FromSeconds(2), Share = Chance.Of(0.5) },
            scenario.Faults.Episodes[FaultKind.FailingDisk]);
        Assert.Equal(Chance.Of(0.25), scenario.Faults.Unreachable);
    }
}
