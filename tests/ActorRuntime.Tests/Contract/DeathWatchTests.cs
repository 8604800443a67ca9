namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class DeathWatchTests
{
    [Theory, OnBothDispatchers]
    public void Terminated_DyingActorTalks_ArrivesAfterItsLastMessage(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var subject = runtime.Start((_, message) => probe.Tell(message), hooks => hooks.OnPostStop = _ => probe.Tell("last"));
        probe.Watch(subject);

        for (var i = 0; i < 20; i++)
            subject.Tell(i);
        subject.Tell(PoisonPill.Instance);

        probe.Expect([.. Enumerable.Range(0, 20).Cast<object>(), "last", new Terminated(subject)]);
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Watch_TwiceOrAlreadyDead_OneTerminated(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var subject = runtime.Start((_, _) => { });
        probe.Watch(subject);
        probe.Watch(subject);

        subject.Tell(PoisonPill.Instance);
        probe.Expect(new Terminated(subject));
        probe.ExpectNoMore();
        probe.Watch(subject);

        probe.Expect(new Terminated(subject));
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Unwatch_BeforeDeath_NoTerminated(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var subject = runtime.Start((_, _) => { });
        var watcher = Watcher(runtime, probe, subject);

        watcher.Tell("watch");
        watcher.Tell("unwatch");
        runtime.Settle();
        subject.Tell(PoisonPill.Instance);

        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Unwatch_TerminatedIsQueued_ItDoesNotArrive(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var go = new TaskCompletionSource();
        var subject = runtime.Start((_, _) => { });
        var watcher = runtime.Start((me, message) =>
        {
            if (message is Terminated)
                probe.Tell(message);
            else if (message is "watch")
                me.Ctx.Watch(subject);
            else
                Script.Await(async () =>
                {
                    await go.Task;
                    me.Ctx.Unwatch(subject);
                    probe.Tell("unwatched");
                });
        });

        watcher.Tell("watch");
        watcher.Tell("wait, then unwatch");
        runtime.Settle();
        subject.Tell(PoisonPill.Instance);
        runtime.Settle();
        go.SetResult();

        probe.Expect("unwatched");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void WatchWith_Message_ArrivesInstead(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var subject = runtime.Start((_, _) => { });
        var watcher = runtime.Start((me, message) =>
        {
            if (message is "watch")
                me.Ctx.WatchWith(subject, "gone");
            else
                probe.Tell(message);
        });

        watcher.Tell("watch");
        runtime.Settle();
        subject.Tell(PoisonPill.Instance);

        probe.Expect("gone");
    });

    [Theory, OnBothDispatchers]
    public void Terminated_Unhandled_IsADeathPact(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var subject = runtime.Start((_, _) => { });
        var watcher = runtime.Start((me, message) =>
        {
            if (message is "watch")
                me.Ctx.Watch(subject);
            else
                me.Pass(message);
        });
        probe.Watch(watcher);

        watcher.Tell("watch");
        runtime.Settle();
        subject.Tell(PoisonPill.Instance);

        Assert.Equal(watcher, probe.Next<Terminated>().ActorRef);
    });

    [Theory, OnBothDispatchers]
    public void Watch_ActorOfAnotherSystem_Works(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var other = ActorSystem.Create("other", runtime.Options);
        var probe = runtime.CreateProbe();
        var subject = other.ActorOf(Script.Props((_, _) => { }));
        probe.Watch(subject);

        runtime.WaitFor(other.Terminate());

        probe.Expect(new Terminated(subject));
    });

    [Theory, OnBothDispatchers]
    public void Watch_WhatIsNoActor_IsRefused(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, _) => probe.Tell(Assert.Throws<ArgumentException>(() => me.Ctx.Watch(ActorRefs.Nobody))));

        actor.Tell("go");

        probe.Next<ArgumentException>();
    });

    private static IActorRef Watcher(TestRuntime runtime, Probe probe, IActorRef subject) => runtime.Start((me, message) =>
    {
        if (message is "watch")
            me.Ctx.Watch(subject);
        else if (message is "unwatch")
            me.Ctx.Unwatch(subject);
        else
            probe.Tell(message);
    });
}
