namespace NuCypher.P2P.Simulator.Tests;

public sealed class WorldTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    [Trait("Row", "NW-16")]
    public void RunFor_SameSeed_GivesTheSameTrace(int seed)
    {
        Assert.Equal(Run(seed), Run(seed));
    }

    [Fact]
    [Trait("Row", "NW-16")]
    public void RunFor_AnotherSeed_GivesAnotherTrace()
    {
        Assert.NotEqual(Run(1), Run(2));
    }

    [Fact]
    public void RunFor_WorldsInParallel_GiveTheirTracesOfAlone()
    {
        string[] alone = [.. Enumerable.Range(0, 4).Select(Run)];
        var together = new string[alone.Length];

        Thread[] threads = [.. Enumerable.Range(0, alone.Length).Select(i => new Thread(() => together[i] = Run(i)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(alone, together);
    }

    [Fact]
    public void Pause_Machine_SendsNothingUntilItResumes()
    {
        var world = Gossip.Start(1, machines: 3);
        var machine = world.Machines[0];
        world.RunFor(TimeSpan.FromSeconds(10));

        machine.Pause();
        var before = machine.Host.Sent;
        world.RunFor(TimeSpan.FromSeconds(10));
        var whilePaused = machine.Host.Sent;
        machine.Resume();
        world.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(before, whilePaused);
        Assert.True(machine.Host.Sent >= whilePaused + 10);
    }

    [Fact]
    public void CrashAfter_SomeTurns_LeavesTheMachineDownAndTheOthersUp()
    {
        var world = Gossip.Start(1, machines: 3);

        world.Machines[1].CrashAfter(turns: 25);
        world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Equal([true, false, true], world.Machines.Select(machine => machine.IsUp));
    }

    [Fact]
    public void StepClock_Back_MovesTheWallClockAlone()
    {
        var machine = new World(new Seed(1)).AddMachine();
        var (wall, monotonic) = (machine.Clock.GetUtcNow(), machine.Clock.GetTimestamp());

        machine.StepClock(TimeSpan.FromHours(-2));

        Assert.Equal(wall - TimeSpan.FromHours(2), machine.Clock.GetUtcNow());
        Assert.Equal(monotonic, machine.Clock.GetTimestamp());
    }

    [Fact]
    public void AddressOf_HundredThousandMachines_AreAllDifferent()
    {
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(World.AddressOf).Distinct().Count());
    }

    private static string Run(int seed)
    {
        var world = Gossip.Start(seed, machines: 20);
        world.Network.Conditions = new NetworkConditions
        {
            Loss = Chance.Of(0.05),
            Duplication = Chance.Of(0.02),
            Hold = Chance.Of(0.01),
            Reordering = Chance.Of(0.1),
        };
        world.RunFor(TimeSpan.FromSeconds(30));
        world.Machines[3].Crash();
        Gossip.Start(world.Machines[3], [.. world.Machines.Select(machine => machine.Host.Address)]);
        world.RunFor(TimeSpan.FromSeconds(30));
        return world.TraceHash;
    }
}
