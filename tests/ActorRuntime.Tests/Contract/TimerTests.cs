namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, OnBothDispatchers]
    public void SingleTimer_Due_FiresOnce(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "start")
                me.Timers.StartSingleTimer("key", "fired", Second);
            else
                probe.Tell($"{message} {me.Timers.IsTimerActive("key")}");
        });

        actor.Tell("start");
        actor.Tell("active?");
        probe.Expect("active? True");
        runtime.Advance(999);
        probe.ExpectNoMore();
        runtime.Advance(10_000);

        probe.Expect("fired False");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void PeriodicTimer_Cancelled_StopsFiring(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "start")
                me.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromMilliseconds(500), Second);
            else if (++me.Count == 3)
                me.Timers.Cancel("key");
            if (message is "tick")
                probe.Tell(message);
        });

        actor.Tell("start");
        runtime.Advance(500);
        probe.Expect("tick");
        runtime.Advance(10_000);

        probe.Expect("tick", "tick");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Start_SameKey_ReplacesTheTimer(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "start")
            {
                me.Timers.StartSingleTimer("key", "old", Second);
                me.Timers.StartSingleTimer("key", "new", 2 * Second);
            }
            else
            {
                probe.Tell(message);
            }
        });

        actor.Tell("start");
        runtime.Advance(5000);

        probe.Expect("new");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Cancel_FiringIsQueued_ItDoesNotArrive(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();

        FireWhileBusy(runtime, probe, me => me.Timers.Cancel("key"));

        probe.Expect("busy no more");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Start_OldFiringIsQueued_OnlyTheNewOneArrives(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();

        FireWhileBusy(runtime, probe, me => me.Timers.StartSingleTimer("key", "new", Second));

        probe.Expect("busy no more");
        probe.ExpectNoMore();
        runtime.Advance(1000);
        probe.Expect("new");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void PeriodicTimer_SlowHandler_HasOneMessageQueued(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var go = new TaskCompletionSource();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "tick")
                probe.Tell(message);
            else
                me.Timers.StartPeriodicTimer("key", "tick", Second);
            if (message is "start")
                Script.Await(() => go.Task);
        });

        actor.Tell("start");
        runtime.Settle();
        runtime.Advance(5500);
        go.SetResult();

        probe.Expect("tick");
        probe.ExpectNoMore();
        runtime.Advance(1000);
        probe.Expect("tick");
    });

    [Theory, OnBothDispatchers]
    public void Restart_RunningTimer_IsCancelled(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            probe.Tell(message);
            if (message is not "fail")
                return;
            me.Timers.StartSingleTimer("key", "late", Second);
            me.Ctx.SetReceiveTimeout(Second);
            throw new InvalidOperationException();
        });

        actor.Tell("fail");
        runtime.Advance(5000);

        probe.Expect("fail");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void ReceiveTimeout_Silence_ArrivesAndMessagesPutItOff(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "start")
                me.Ctx.SetReceiveTimeout(Second);
            if (message is not ReceiveTimeout)
                return;
            probe.Tell(message);
            me.Ctx.SetReceiveTimeout(++me.Count < 2 ? Second : null);
        });

        actor.Tell("start");
        runtime.Advance(900);
        actor.Tell("puts it off");
        runtime.Advance(900);
        actor.Tell(new Uninfluential());
        runtime.Advance(99);
        probe.ExpectNoMore();
        runtime.Advance(1);
        probe.Expect(ReceiveTimeout.Instance);
        runtime.Advance(10_000);

        probe.Expect(ReceiveTimeout.Instance);
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void ScheduleTell_OnceRepeatedlyAndCancelled(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var scheduler = runtime.System.Scheduler;

        scheduler.ScheduleTellOnce(Second, probe.Ref, "once", null);
        scheduler.ScheduleTellOnceCancelable(Second, probe.Ref, "never", null).Cancel();
        var repeated = scheduler.ScheduleTellRepeatedlyCancelable(2 * Second, Second, probe.Ref, "again", null);
        runtime.Advance(1000);
        probe.Expect("once");
        runtime.Advance(3000);
        repeated.Cancel();
        runtime.Advance(5000);

        probe.Expect("again", "again", "again");
        probe.ExpectNoMore();
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 9, TimeSpan.Zero), scheduler.Now);
    });

    /// <summary>A timer fires while its actor is busy; then the actor does something about it.</summary>
    private static void FireWhileBusy(TestRuntime runtime, Probe probe, Action<Script> then)
    {
        var go = new TaskCompletionSource();
        var actor = runtime.Start((me, message) =>
        {
            if (message is not "start")
            {
                probe.Tell(message);
                return;
            }

            me.Timers.StartSingleTimer("key", "old", Second);
            Script.Await(async () =>
            {
                await go.Task;
                then(me);
                probe.Tell("busy no more");
            });
        });
        actor.Tell("start");
        runtime.Settle();
        runtime.Advance(1000);
        go.SetResult();
    }

    private sealed record Uninfluential : INotInfluenceReceiveTimeout;
}
