using Akka.Pattern;

namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class BackoffSupervisorTests
{
    [Fact]
    public void Stop_ChildAgainAndAgain_ComesBackAfterTwiceAsLongUpToTheMaximum()
    {
        var stage = new Stage();
        var actor = Start(stage, jitter: 0);
        stage.Settle();

        for (var i = 0; i < 5; i++)
        {
            stage.Tell(actor, "stop");
            stage.Advance(9_000);
        }

        Assert.Equal([0.0, 1.0, 11.0, 22.0, 35.0, 44.0], stage.Taken()); // after 1, 2, 4, 8 and 8 s
    }

    [Fact]
    public void Stop_WithJitter_TheSeedDecides()
    {
        var first = Delays(1);

        Assert.Equal(first, Delays(1));
        Assert.NotEqual(first, Delays(2));
        Assert.All(first, delay => Assert.InRange((double)delay, 1, 1.2));
    }

    [Fact]
    public void Tell_WhileTheChildIsDown_IsADeadLetter()
    {
        var stage = new Stage();
        var actor = Start(stage, jitter: 0);
        var reader = stage.Start((_, message) => stage.Note(((DeadLetter)message).Message));
        stage.World.Actors.System.EventStream.Subscribe(reader, typeof(DeadLetter));
        stage.Settle();
        stage.Tell(actor, "stop");
        stage.Taken();

        stage.Tell(actor, "lost");

        Assert.Equal(["lost"], stage.Taken());
    }

    private static List<object> Delays(int seed)
    {
        var stage = new Stage(seed);
        var actor = Start(stage, jitter: 0.2);
        stage.Settle();
        stage.Taken();
        stage.Tell(actor, "stop");
        stage.Advance(5000);
        return [.. stage.Taken()];
    }

    // The child notes when it starts, in seconds.
    private static IActorRef Start(Stage stage, double jitter)
    {
        var child = Script.Props(
            (me, _) => me.Ctx.Stop(me.Me), hooks => hooks.OnPreStart = _ => stage.Note(stage.Elapsed.TotalSeconds));
        var options = Backoff.OnStop(child, "child", Stage.Second, 8 * Stage.Second, jitter, -1);
        return stage.Start(BackoffSupervisor.Props(options.WithAutoReset(TimeSpan.FromHours(1))));
    }
}
