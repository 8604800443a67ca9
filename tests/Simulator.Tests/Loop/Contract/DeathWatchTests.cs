namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class DeathWatchTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Terminated_DyingActorTalks_ArrivesAfterItsLastMessage()
    {
        IActorRef? watcher = null;
        var subject = _stage.Start(
            (_, message) => watcher!.Tell(message), hooks => hooks.OnPostStop = _ => watcher!.Tell("last"));
        watcher = Watcher(subject);

        _stage.Tell(watcher, "watch");
        _stage.Tell(subject, [.. Enumerable.Range(0, 20).Cast<object>(), PoisonPill.Instance]);

        Assert.Equal([.. Enumerable.Range(0, 20).Cast<object>(), "last", "end"], _stage.Taken());
    }

    [Fact]
    public void Watch_TwiceOrAlreadyDead_OneTerminatedEach()
    {
        var subject = _stage.Start((_, _) => { });
        var watcher = Watcher(subject);

        _stage.Tell(watcher, "watch", "watch");
        _stage.Tell(subject, PoisonPill.Instance);
        var first = _stage.Taken();
        _stage.Tell(watcher, "watch");

        Assert.Equal(["end"], first);
        Assert.Equal(["end"], _stage.Taken());
    }

    [Fact]
    public void Unwatch_BeforeDeath_NoTerminated()
    {
        var subject = _stage.Start((_, _) => { });
        var watcher = Watcher(subject);

        _stage.Tell(watcher, "watch", "unwatch");
        _stage.Tell(subject, PoisonPill.Instance);

        Assert.Empty(_stage.Taken());
    }

    [Fact]
    public void Terminated_SubjectOfACrashedProcess_NeverArrives()
    {
        var subject = _stage.Start((_, _) => { });
        var watcher = _stage.StartElsewhere((me, message) => Watch(me, message, subject));

        _stage.Tell(watcher, "watch");
        _stage.Machine.Crash();
        _stage.Advance(10_000);

        Assert.Empty(_stage.Taken());
    }

    [Fact]
    public void Terminated_Unhandled_StopsTheWatcher()
    {
        var subject = _stage.Start((_, _) => { });
        var watcher = _stage.Start(
            (me, message) => me.Pass(message), hooks => hooks.OnPreStart = me => me.Ctx.Watch(subject));
        _stage.Watch(watcher);

        _stage.Tell(subject, PoisonPill.Instance);

        Assert.Equal([$"end of {watcher.Path.Name}"], _stage.Taken());
    }

    private IActorRef Watcher(IActorRef subject) => _stage.Start((me, message) => Watch(me, message, subject));

    private void Watch(Script me, object message, IActorRef subject)
    {
        if (message is "watch")
            me.Ctx.Watch(subject);
        else if (message is "unwatch")
            me.Ctx.Unwatch(subject);
        else
            _stage.Note(message is Terminated terminated && terminated.ActorRef.Equals(subject) ? "end" : message);
    }
}
