using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>
/// What a process leaves behind when it dies; alone, because the memory of the whole test run is looked at.
/// </summary>
[Collection(nameof(Alone))]
public sealed class CrashTests
{
    private const int MaxBytes = 1 << 20;

    [Fact]
    public void Crash_AThousandTimes_LeavesNothingBehind()
    {
        Assert.InRange(LeftBy(crashes: 1_000), int.MinValue, MaxBytes / 4);
    }

    [Fact, Trait("Category", "Long")]
    public void Crash_TwentyThousandTimes_LeavesNothingBehind()
    {
        Assert.InRange(LeftBy(crashes: 20_000), int.MinValue, MaxBytes);
    }

    [Fact]
    public void World_LetGoOf_IsCollected()
    {
        var worlds = Enumerable.Range(1, 5).Select(seed => Used((ulong)seed)).ToList();

        GC.Collect();

        Assert.All(worlds, world => Assert.False(world.IsAlive));
    }

    /// <summary>
    /// Bytes by which a node that starts and crashes, in the middle of its recovery more often than not, makes the
    /// process grow.
    /// </summary>
    private static long LeftBy(int crashes)
    {
        var random = new Random(1);
        var world = new World(new Seed(1));
        var node = NodeOf(world);
        for (var i = 0; i < 200; i++)
            CrashOnce();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < crashes; i++)
            CrashOnce();
        var left = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(node);
        return left;

        void CrashOnce()
        {
            node.Start();
            node.Machine.CrashAfter(random.Next(1, 100), node.Crash);
            world.RunFor(TimeSpan.FromMilliseconds(random.Next(100)));
            node.Crash();
        }
    }

    private static WeakReference Used(ulong seed)
    {
        var world = new World(new Seed(seed));
        NodeOf(world).Start();
        world.RunFor(TimeSpan.FromSeconds(10));
        return new WeakReference(world);
    }

    private static SimulatedNode NodeOf(World world)
    {
        var blueprint = new NodeBlueprint { Network = world.Network, SeedsFor = _ => [] };
        return new SimulatedNode(world.AddMachine(), blueprint, Identity.Random(new Seed(1).NewRandomSource()));
    }
}
