namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class StoppingTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void PoisonPill_InTheMailbox_EarlierMailIsHandledLaterIsDead()
    {
        var reader = _stage.Start((_, message) => _stage.Note($"dead {((DeadLetter)message).Message}"));
        _stage.World.Actors.System.EventStream.Subscribe(reader, typeof(DeadLetter));
        var actor = _stage.Start((_, message) => _stage.Note(message));

        _stage.Tell(actor, 1, 2, PoisonPill.Instance, 3);

        Assert.Equal([1, 2, "dead 3"], _stage.Taken());
    }

    [Fact]
    public void Stop_Self_FinishesTheMessageAndNoMore()
    {
        var actor = _stage.Start((me, message) =>
        {
            me.Ctx.Stop(me.Me);
            _stage.Note($"{message} begun and ended");
        });

        _stage.Tell(actor, "first", "second");

        Assert.Equal(["first begun and ended"], _stage.Taken());
    }

    [Fact]
    public void Stop_WithChildren_ChildrenFirstAndPostStopOnce()
    {
        var child = Script.Props((_, _) => { }, hooks => hooks.OnPostStop = _ => _stage.Note("child"));
        var actor = _stage.Start((me, _) => me.Ctx.Stop(me.Me), hooks =>
        {
            hooks.OnPreStart = me => me.Ctx.ActorOf(child);
            hooks.OnPostStop = _ => _stage.Note("parent");
        });
        _stage.Watch(actor);

        _stage.Tell(actor, "stop", PoisonPill.Instance);

        Assert.Equal(["child", "parent", $"end of {actor.Path.Name}"], _stage.Taken());
    }

    [Fact]
    public void Stop_PostStopThrows_TerminatesNevertheless()
    {
        var actor = _stage.Start((_, _) => { }, hooks => hooks.OnPostStop = _ => throw new InvalidOperationException());
        _stage.Watch(actor);

        _stage.Tell(actor, PoisonPill.Instance);

        Assert.Equal([$"end of {actor.Path.Name}"], _stage.Taken());
    }

    [Fact]
    public void ActorOf_NameTaken_ThrowsUntilTerminated()
    {
        var props = Script.Props((_, _) => { });
        var actor = _stage.Start((me, message) =>
        {
            if (message is Terminated)
            {
                _stage.Note(me.Ctx.ActorOf(props, "child").Path.Name);
                return;
            }

            me.Ctx.Watch(me.Ctx.ActorOf(props, "child"));
            me.Ctx.Stop(me.Ctx.Child("child"));
            Assert.Throws<InvalidActorNameException>(() => me.Ctx.ActorOf(props, "child"));
            _stage.Note("taken");
        });

        _stage.Tell(actor, "go");

        Assert.Equal(["taken", "child"], _stage.Taken());
    }

    [Fact]
    public void Kill_Default_StopsAndDoesNotRestart()
    {
        var actor = _stage.Start(
            (_, message) => _stage.Note(message), hooks => hooks.OnPreRestart = (_, _) => _stage.Note("restart"));
        _stage.Watch(actor);

        _stage.Tell(actor, Kill.Instance, "late");

        Assert.Equal([$"end of {actor.Path.Name}"], _stage.Taken());
    }

    [Fact]
    public void Crash_Process_NoHookAndNoMessageAnyMore()
    {
        var actor = _stage.Start(
            (_, message) => _stage.Note(message), hooks => hooks.OnPostStop = _ => _stage.Note("stopped"));
        _stage.Settle();

        actor.Tell("waits", ActorRefs.NoSender);
        _stage.Machine.Crash();
        _stage.Tell(actor, "late", PoisonPill.Instance);

        Assert.Empty(_stage.Taken());
    }
}
