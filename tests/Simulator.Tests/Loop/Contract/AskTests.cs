namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class AskTests
{
    [Fact]
    public void Ask_SameSeed_SameHashAndSameAnswers()
    {
        var first = Run(1);

        Assert.Equal(first, Run(1));
        Assert.NotEqual(first, Run(2));
    }

    [Fact]
    public void Ask_AnsweredTwiceAndLate_TheFirstCountsAndTheOthersHarmNobody()
    {
        var stage = new Stage();
        var actor = stage.Start((me, _) =>
        {
            me.From.Tell("first");
            me.From.Tell("second");
            me.Ctx.System.Scheduler.ScheduleTellOnce(10 * Stage.Second, me.From, "late", me.Me);
        });

        var answer = stage.World.Loop.Ask(actor, "?", Stage.Second, _ => true);
        stage.Advance(20_000);

        Assert.Equal("first", stage.World.Loop.RunUntil(answer, Stage.Second));
    }

    [Fact]
    public void PipeTo_TaskThatEndsInTheLoop_BecomesAMessageInATurnOfItsOwn()
    {
        var stage = new Stage();
        var (good, bad) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var actor = stage.Start((me, message) =>
        {
            stage.Note(message is Status.Failure failure ? failure.Cause.Message : message);
            if (message is not "go")
                return;
            good.Task.PipeTo(me.Me, me.Me, number => $"number {number}");
            bad.Task.PipeTo(me.Me, me.Me);
        });
        stage.Tell(actor, "go");

        stage.World.Time.Schedule(Stage.Second, () => good.SetResult(7));
        stage.World.Time.Schedule(2 * Stage.Second, () => bad.SetException(new FormatException("why")));
        stage.Advance(5000);

        Assert.Equal(["go", "number 7", "why"], stage.Taken());
    }

    private static string Run(int seed)
    {
        var stage = new Stage(seed);
        var actors = Enumerable.Range(0, 10).Select(_ => stage.Start((me, message) => me.From.Tell(message))).ToList();
        var answers = actors.Select((actor, i) => stage.World.Loop.Ask(actor, i, Stage.Second, answer =>
        {
            stage.Note(answer);
            return true;
        })).ToList();
        stage.Advance(2000);
        return string.Join(' ', [.. stage.Taken(), .. answers.Select(answer => answer.Result), stage.World.TraceHash]);
    }
}
