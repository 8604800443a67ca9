namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class MailboxTests
{
    private const int Capacity = 256;

    private readonly Stage _stage = new();

    [Fact]
    public void Tell_FullMailbox_DropsTheRestAsDeadLettersAndTakesMoreOnceItHasRoom()
    {
        var handled = 0;
        var actor = _stage.Start(Bounded((_, _) => handled++));
        var reader = _stage.StartElsewhere((_, message) => _stage.Note(((DeadLetter)message).Message));
        _stage.World.Actors.System.EventStream.Subscribe(reader, typeof(DeadLetter));
        _stage.Settle();

        _stage.WhilePaused(() => Fill(actor, "too much"));
        var first = handled;
        _stage.Tell(actor, "fits again");

        Assert.Equal([Capacity, Capacity + 1], [first, handled]);
        Assert.Equal(["too much"], _stage.Taken());
        Assert.Equal(1, _stage.World.Loop.Dropped);
    }

    [Fact]
    public void Tell_FullMailbox_TheEndOfAWatchedActorComesInAllTheSame()
    {
        var subject = _stage.StartElsewhere((_, _) => { });
        var actor = _stage.Start(Bounded(NoteText, hooks => hooks.OnPreStart = me => me.Ctx.WatchWith(subject, "end")));
        _stage.Settle();

        _stage.WhilePaused(() =>
        {
            Fill(actor, "too much");
            _stage.Tell(subject, PoisonPill.Instance);
        });

        Assert.Equal(["end"], _stage.Taken());
    }

    [Fact]
    public void Tell_FullMailbox_TimersAndWhatTheActorAndItsChildrenTellComeIn()
    {
        var promise = new TaskCompletionSource<string>();
        IActorRef child = ActorRefs.Nobody;
        var actor = _stage.Start(Bounded(NoteText, hooks => hooks.OnPreStart = me =>
        {
            child = me.Ctx.ActorOf(Script.Props((_, _) => { }));
            promise.Task.PipeTo(me.Me, me.Me);
            me.Timers.StartSingleTimer("key", "timer", Stage.Second);
        }));
        _stage.Settle();

        _stage.WhilePaused(() =>
        {
            Fill(actor, "too much");
            promise.SetResult("of itself");
            actor.Tell("of a child", child);
            _stage.Advance(1500);
        });

        Assert.Equal(["of itself", "of a child", "timer"], _stage.Taken());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Stop_FullMailbox_Stops(bool byPill)
    {
        var actor = _stage.Start(Bounded((_, _) => { }, hooks => hooks.OnPostStop = _ => _stage.Note("stopped")));
        _stage.Settle();

        _stage.WhilePaused(() =>
        {
            Fill(actor, "too much");
            if (byPill)
                actor.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            else
                _stage.World.Actors.System.Stop(actor);
        });

        Assert.Equal(["stopped"], _stage.Taken());
    }

    private static Props Bounded(Action<Script, object> receive, Action<ScriptHooks>? hooks = null) =>
        Script.Props(receive, hooks).WithMailbox("akka.actor.mailbox.policy");

    private static void Fill(IActorRef actor, object last)
    {
        for (var i = 0; i < Capacity; i++)
            actor.Tell(i, ActorRefs.NoSender);
        actor.Tell(last, ActorRefs.NoSender);
    }

    private void NoteText(Script me, object message)
    {
        if (message is string)
            _stage.Note(message);
    }
}
