namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>
/// Akka walks an actor's children in the order of hash codes of their names. These families have other names in every
/// run, so that the walks differ within one process, as they do between processes.
/// </summary>
public sealed class FamilyTests
{
    private const int Children = 30;
    private static int _salt;

    [Theory, InlineData("stop"), InlineData("kill"), InlineData("restart"), InlineData("poison")]
    public void Children_AllAtOnce_SameSeedSameHistoryWhateverTheirNamesAre(string how)
    {
        var histories = Enumerable.Range(1, 5).Select(seed => Run(seed, how)).ToList();

        Assert.Equal(histories, Enumerable.Range(1, 5).Select(seed => Run(seed, how)));
        Assert.Equal(5, histories.Distinct().Count());
    }

    [Fact]
    public void Children_OtherNames_AreWalkedInAnotherOrder()
    {
        var walks = Enumerable.Range(0, 5).Select(_ =>
        {
            var stage = new Stage();
            stage.Tell(Parent(stage), "raise", "walk");
            return Assert.Single(stage.Taken());
        });

        Assert.True(walks.Distinct().Count() > 1);
    }

    private static string Run(int seed, string how)
    {
        var stage = new Stage(seed);
        var parent = Parent(stage);
        stage.Tell(parent, "raise");
        stage.Taken();

        stage.Tell(parent, how);
        stage.Advance(1000);

        var notes = stage.Taken();
        Assert.Equal(Children, notes.Count);
        return $"{string.Join(' ', notes)} {stage.World.TraceHash}";
    }

    private static IActorRef Parent(Stage stage)
    {
        var salt = ++_salt;
        return stage.Start((me, message) =>
        {
            switch (message)
            {
                case "raise":
                    for (var i = 0; i < Children; i++)
                        me.Ctx.ActorOf(Child(stage, i), FormattableString.Invariant($"{salt}-{i}"));
                    break;
                case "walk":
                    stage.Note(string.Join(' ', me.Ctx.GetChildren().Select(child => child.Path.Name.Split('-')[1])));
                    break;
                case "restart":
                    me.Ctx.Child(FormattableString.Invariant($"{salt}-0")).Tell("fail");
                    break;
                default:
                    foreach (var child in me.Ctx.GetChildren())
                        End(me, child, message);
                    break;
            }
        }, hooks => hooks.Strategy = new AllForOneStrategy(
            cause => cause is ActorKilledException ? Directive.Stop : Directive.Restart));
    }

    private static void End(Script me, IActorRef child, object how)
    {
        if (how is "stop")
            me.Ctx.Stop(child);
        else
            child.Tell(how is "kill" ? Kill.Instance : PoisonPill.Instance);
    }

    private static Props Child(Stage stage, int number) => Script.Props(
        (_, _) => throw new InvalidOperationException("fail"),
        hooks => hooks.OnPostStop = _ => stage.Note(number));
}
