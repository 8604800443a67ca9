using System.Reflection;
using Akka.Util;

namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>The one private member of Akka that the simulator touches.</summary>
public sealed class AkkaMembersTests
{
    [Fact]
    public void ThreadLocalRandom_GeneratorOfAThread_IsWhereTheSimulatorPutsItsOwn()
    {
        var field = typeof(ThreadLocalRandom).GetField("_rng", BindingFlags.Static | BindingFlags.NonPublic);

        Assert.True(
            field?.GetValue(null) is ThreadLocal<Random>,
            "This Akka keeps its random generator elsewhere: ThreadLocalRandom._rng is no ThreadLocal<Random>. "
            + "Let AkkaRandom follow, or back-off and actors' uids are no longer drawn from the world's seed.");
    }

    [Fact]
    public void ActorOf_SameSeed_SameUids()
    {
        var first = Uids(1);

        Assert.Equal(first, Uids(1));
        Assert.NotEqual(first, Uids(2));
    }

    private static List<object> Uids(int seed)
    {
        var stage = new Stage(seed);
        stage.Tell(stage.Start((me, message) =>
        {
            for (var i = 0; i < 5; i++)
                stage.Note(me.Ctx.ActorOf(Script.Props((_, _) => { })).Path.Uid);
        }), "go");
        return [.. stage.Taken()];
    }
}
