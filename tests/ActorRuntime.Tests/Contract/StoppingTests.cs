using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class StoppingTests
{
    [Theory, OnBothDispatchers]
    public void PoisonPill_InTheMailbox_EarlierMailIsHandledLaterIsDead(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var dead = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var actor = runtime.Start((_, message) => probe.Tell(message));

        foreach (var message in new object[] { 1, 2, PoisonPill.Instance, 3 })
            actor.Tell(message);

        probe.Expect(1, 2);
        Assert.Equal((3, actor), Pair(dead.Next<DeadLetter>()));
        probe.ExpectNoMore();
        dead.ExpectNoMore();

        static (object, IActorRef) Pair(DeadLetter letter) => (letter.Message, letter.Recipient);
    });

    [Theory, OnBothDispatchers]
    public void Stop_Self_FinishesTheMessageAndNoMore(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            me.Ctx.Stop(me.Me);
            probe.Tell($"{message} begun and ended");
        });

        actor.Tell("first");
        actor.Tell("second");

        probe.Expect("first begun and ended");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Stop_WithChildren_ChildrenFirstAndPostStopOnce(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((_, _) => { }, hooks =>
        {
            hooks.OnPreStart = me => me.Ctx.ActorOf(Script.Props((_, _) => { }, child => child.OnPostStop = _ => probe.Tell("child")));
            hooks.OnPostStop = _ => probe.Tell("parent");
        });
        probe.Watch(actor);

        runtime.System.Stop(actor);
        actor.Tell(PoisonPill.Instance);

        probe.Expect("child", "parent", new Terminated(actor));
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Stop_PostStopThrows_TerminatesNevertheless(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((_, _) => { }, hooks => hooks.OnPostStop = _ => throw new InvalidOperationException());
        probe.Watch(actor);

        actor.Tell(PoisonPill.Instance);

        probe.Next<Terminated>();
    });

    [Theory, OnBothDispatchers]
    public void ActorOf_NameTaken_ThrowsUntilTerminated(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            var props = Script.Props((_, _) => { });
            if (message is Terminated)
            {
                probe.Tell(me.Ctx.ActorOf(props, "child").Path.Name);
                return;
            }

            me.Ctx.Watch(me.Ctx.ActorOf(props, "child"));
            probe.Tell(Assert.Throws<InvalidActorNameException>(() => me.Ctx.ActorOf(props, "child")).Message);
            me.Ctx.Stop(me.Ctx.Child("child"));
        });

        actor.Tell("go");

        probe.Expect("Actor name [child] is not unique!", "child");
    });

    [Theory, InlineData(""), InlineData("a/b"), InlineData("$a")]
    public void ActorOf_MalformedName_Throws(string name)
    {
        using var system = ActorSystem.Create("test");

        Assert.Throws<InvalidActorNameException>(() => system.ActorOf(Script.Props((_, _) => { }), name));
    }

    [Theory, OnBothDispatchers]
    public void Terminate_System_WaitsForEveryPostStop(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var stopped = 0;
        Props Parent() => Script.Props((_, _) => { }, hooks =>
        {
            hooks.OnPreStart = me => me.Ctx.ActorOf(Script.Props((_, _) => { }, child => child.OnPostStop = _ => Interlocked.Increment(ref stopped)));
            hooks.OnPostStop = _ => Interlocked.Increment(ref stopped);
        });
        var actors = Enumerable.Range(0, 20).Select(_ => runtime.System.ActorOf(Parent())).ToList();
        runtime.Settle();

        runtime.WaitFor(runtime.System.Terminate());
        var before = runtime.System.GetDeadLetterCount();
        actors[0].Tell("late");

        Assert.Equal((40, before + 1), (stopped, runtime.System.GetDeadLetterCount()));
        Assert.Throws<InvalidOperationException>(() => runtime.System.ActorOf(Parent()));
    });

    [Theory, OnBothDispatchers]
    public void GracefulStop_ActorThatStops_IsTrue_OneThatDoesNot_IsFalse(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var gate = new TaskCompletionSource();
        var stops = runtime.Start((_, _) => { });
        var waits = runtime.Start((_, _) => Script.Await(() => gate.Task));
        waits.Tell("wait");

        Assert.True(runtime.WaitFor(stops.GracefulStop(TimeSpan.FromSeconds(1))));
        var late = waits.GracefulStop(TimeSpan.FromSeconds(1));
        runtime.Advance(1000);
        Assert.False(runtime.WaitFor(late));
        gate.SetResult();
    });

    [Theory, OnBothDispatchers]
    public void Crash_System_NoHookNoMessageNoTimer(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var system = ActorSystem.Create("doomed", runtime.Options);
        var actor = system.ActorOf(Script.Props((_, message) => probe.Tell(message), hooks =>
        {
            hooks.OnPreStart = me => me.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(1));
            hooks.OnPostStop = _ => probe.Tell("stopped");
        }));
        runtime.Advance(1000);
        probe.Expect("tick");

        system.Crash();
        actor.Tell("hello");
        _ = system.Terminate();
        runtime.Advance(10_000);

        probe.ExpectNoMore();
    });
}
