namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class TimerTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void StartSingleTimer_Due_FiresOnceAndExactlyThen()
    {
        var actor = _stage.Start((me, message) =>
        {
            if (message is "start")
                me.Timers.StartSingleTimer("key", "fired", Stage.Second);
            else
                _stage.Note($"{message} {_stage.Elapsed.TotalMilliseconds} {me.Timers.IsTimerActive("key")}");
        });

        _stage.Tell(actor, "start", "active?");
        _stage.Advance(10_000);

        Assert.Equal(["active? 0 True", "fired 1000 False"], _stage.Taken());
    }

    [Fact]
    public void StartSingleTimer_SameKey_ReplacesTheOneBefore()
    {
        var actor = _stage.Start((me, message) =>
        {
            _stage.Note(message);
            if (message is not "start")
                return;
            me.Timers.StartSingleTimer("key", "old", Stage.Second);
            me.Timers.StartSingleTimer("key", "new", 2 * Stage.Second);
        });

        _stage.Tell(actor, "start");
        _stage.Advance(10_000);

        Assert.Equal(["start", "new"], _stage.Taken());
    }

    [Theory, InlineData("cancel"), InlineData("replace")]
    public void Cancel_FiringIsInTheMailboxAlready_ItDoesNotArrive(string how)
    {
        var actor = _stage.Start((me, message) =>
        {
            _stage.Note(message);
            if (message is "start")
                me.Timers.StartSingleTimer("key", "old", Stage.Second);
            else if (message is "cancel")
                me.Timers.Cancel("key");
            else if (message is "replace")
                me.Timers.StartSingleTimer("key", "new", Stage.Second);
        });
        _stage.Tell(actor, "start");

        _stage.WhilePaused(() =>
        {
            actor.Tell(how, ActorRefs.NoSender);
            _stage.Advance(1500); // it fires behind that message
        });
        var atOnce = _stage.Taken();
        _stage.Advance(10_000);

        Assert.Equal(["start", how], atOnce);
        Assert.Equal(how == "replace" ? new object[] { "new" } : [], _stage.Taken());
    }

    [Fact]
    public void StartSingleTimer_ActorRestartedOrStoppedBefore_NeverFires()
    {
        var actor = _stage.Start((me, message) =>
        {
            _stage.Note(message);
            if (message is "stop")
                me.Ctx.Stop(me.Me);
            else if (message is "start" or "fail")
                me.Timers.StartSingleTimer("key", "late", Stage.Second);
            if (message is "fail")
                throw new InvalidOperationException();
        });

        _stage.Tell(actor, "fail");
        _stage.Advance(5000);
        _stage.Tell(actor, "start", "stop");
        _stage.Advance(5000);

        Assert.Equal(["fail", "start", "stop"], _stage.Taken());
    }

    [Fact]
    public void StartSingleTimer_ProcessCrashedBefore_NeverFires()
    {
        var actor = _stage.Start((me, message) =>
        {
            _stage.Note(message);
            me.Timers.StartSingleTimer("key", "late", Stage.Second);
        });
        _stage.Tell(actor, "start");

        _stage.Machine.Crash();
        _stage.Advance(5000);

        Assert.Equal(["start"], _stage.Taken());
    }

    [Fact]
    public void ScheduleTell_OnceCancelledAndRepeatedly_FiresWhenDue()
    {
        var actor = _stage.Start((_, message) => _stage.Note(message));
        var scheduler = _stage.World.Actors.System.Scheduler;

        scheduler.ScheduleTellOnce(Stage.Second, actor, "once", ActorRefs.NoSender);
        scheduler.ScheduleTellOnceCancelable(Stage.Second, actor, "never", ActorRefs.NoSender).Cancel();
        var repeated = scheduler.ScheduleTellRepeatedlyCancelable(
            2 * Stage.Second, Stage.Second, actor, "again", ActorRefs.NoSender);
        _stage.Advance(1000);
        var first = _stage.Taken();
        _stage.Advance(3000);
        repeated.Cancel();
        _stage.Advance(5000);

        Assert.Equal(["once"], first);
        Assert.Equal(["again", "again", "again"], _stage.Taken());
    }

    [Fact]
    public void ScheduleTellOnce_CancelledAtTheInstantOfItsFiring_DoesNotFire()
    {
        var actor = _stage.Start((_, message) => _stage.Note(message));
        var scheduler = _stage.World.Actors.System.Scheduler;
        ICancelable? late = null;

        _stage.World.Time.Schedule(Stage.Second, () => late!.Cancel()); // before it, at the same instant
        late = scheduler.ScheduleTellOnceCancelable(Stage.Second, actor, "never", ActorRefs.NoSender);
        _stage.Advance(5000);

        Assert.Empty(_stage.Taken());
    }
}
