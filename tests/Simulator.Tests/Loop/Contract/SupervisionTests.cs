namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class SupervisionTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Fail_Default_RestartsWithNewStateSameMailboxAndNoSecondDelivery()
    {
        var actor = _stage.Start(CountOrFail);

        _stage.Tell(actor, "count", "count", "fail", "count", "count");

        Assert.Equal([1, 2, 1, 2], _stage.Taken());
    }

    [Fact]
    public void Fail_Stop_TerminatesAndWhatWaitsIsLost()
    {
        var child = _stage.StartSupervised(new OneForOneStrategy(_ => Directive.Stop), Script.Props(CountOrFail));
        _stage.Watch(child);

        _stage.Tell(child, "count", "fail", "count");

        Assert.Equal([1, "end of child"], _stage.Taken());
    }

    [Fact]
    public void Fail_Resume_KeepsTheState()
    {
        var child = _stage.StartSupervised(new OneForOneStrategy(_ => Directive.Resume), Script.Props(CountOrFail));

        _stage.Tell(child, "count", "fail", "count");

        Assert.Equal([1, 2], _stage.Taken());
    }

    [Fact]
    public void Restart_HooksAndChildren_RunInOrder()
    {
        var child = Script.Props((_, _) => { }, hooks => hooks.OnPostStop = _ => _stage.Note("child stopped"));
        var actor = _stage.Start((_, message) => throw new InvalidOperationException(message.ToString()), hooks =>
        {
            hooks.OnConstruct = _ => _stage.Note("new");
            hooks.OnPreStart = me =>
            {
                _stage.Note("PreStart");
                me.Ctx.ActorOf(child, "child");
            };
            hooks.OnPreRestart = (cause, message) => _stage.Note($"PreRestart {cause.Message} {message}");
            hooks.OnPostStop = _ => _stage.Note("PostStop");
            hooks.OnPostRestart = cause => _stage.Note($"PostRestart {cause.Message}");
        });

        _stage.Tell(actor, "boom");

        Assert.Equal(
            [
                "new", "PreStart",
                "PreRestart boom boom", "PostStop", "child stopped", "new", "PostRestart boom", "PreStart",
            ],
            _stage.Taken());
    }

    [Fact]
    public void Restart_WatchedChildren_NoTerminatedFromTheEarlierLife()
    {
        var actor = _stage.Start(
            (_, message) =>
            {
                _stage.Note(message);
                if (message is "fail")
                    throw new InvalidOperationException();
            },
            hooks => hooks.OnPreStart = me => me.Ctx.Watch(me.Ctx.ActorOf(Script.Props((_, _) => { }), "child")));

        _stage.Tell(actor, "fail", "next");

        Assert.Equal(["fail", "next"], _stage.Taken());
    }

    [Fact]
    public void Start_ConstructorThrows_StopsAndTellsWatchers()
    {
        var actor = _stage.Start(
            (_, _) => { }, hooks => hooks.OnConstruct = _ => throw new InvalidOperationException());

        _stage.Watch(actor);

        Assert.Equal([$"end of {actor.Path.Name}"], _stage.Taken());
    }

    [Fact]
    public void Start_ConstructorOfAChildThrows_ItsParentHearsOfTheEnd()
    {
        var failing = Script.Props(
            (_, _) => { }, child => child.OnConstruct = _ => throw new InvalidOperationException());

        _stage.Start((_, message) => _stage.Note(message.GetType()), hooks =>
        {
            hooks.Strategy = new OneForOneStrategy(_ => Directive.Stop);
            hooks.OnPreStart = me => me.Ctx.Watch(me.Ctx.ActorOf(failing, "child"));
        });
        _stage.Settle();

        Assert.Equal([typeof(Terminated)], _stage.Taken());
    }

    [Fact]
    public void Fail_AnyActor_IsAnErrorOnTheEventStream()
    {
        var reader = _stage.Start((_, message) => _stage.Note(((Error)message).Cause.Message));
        _stage.World.Actors.System.EventStream.Subscribe(reader, typeof(Error));
        var top = _stage.Start((_, _) => throw new FormatException("of the top"));
        var child = _stage.StartSupervised(
            new OneForOneStrategy(_ => Directive.Stop),
            Script.Props((_, _) => throw new FormatException("of a child")));

        _stage.Tell(top, "fail");
        _stage.Tell(child, "fail");

        Assert.Equal(["of the top", "of a child"], _stage.Taken());
    }

    private void CountOrFail(Script me, object message)
    {
        if (message is "fail")
            throw new InvalidOperationException("fail");
        _stage.Note(++me.Count);
    }
}
