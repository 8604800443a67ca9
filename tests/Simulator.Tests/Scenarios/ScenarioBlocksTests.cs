namespace NuCypher.P2P.Simulator.Tests;

public sealed class ScenarioBlocksTests
{
    public static TheoryData<string> Names => [.. ScenarioFile.Names];

    [Theory, MemberData(nameof(Names))]
    public void Remove_AllOfAScenario_LeavesNoFaultAndNoAdversary(string name)
    {
        var scenario = ScenarioFile.Read(ScenarioFile.Find(name)!, name);
        var blocks = ScenarioBlocks.In(scenario);

        var bare = blocks.Aggregate(scenario, ScenarioBlocks.Remove);

        Assert.Equal(blocks, bare.Without);
        Assert.Empty(ScenarioBlocks.In(bare));
        Assert.Empty(bare.Faults.Episodes);
        Assert.Equal(new AdversaryPlan() with { Ways = bare.Adversaries.Ways }, bare.Adversaries);
    }

    [Fact]
    public void Remove_UnknownName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ScenarioBlocks.Remove(new Scenario(), "kindness"));
}
