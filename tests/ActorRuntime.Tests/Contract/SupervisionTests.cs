namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class SupervisionTests
{
    [Theory, OnBothDispatchers]
    public void Fail_Resume_KeepsTheState(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var child = Supervised(runtime, new OneForOneStrategy(_ => Directive.Resume), CountOrFail(probe));

        foreach (var message in new[] { "count", "fail", "count" })
            child.Tell(message);

        probe.Expect(1, 2);
    });

    [Theory, OnBothDispatchers]
    public void Fail_Restart_NewStateSameMailboxAndNoSecondDelivery(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var child = Supervised(runtime, new OneForOneStrategy(_ => Directive.Restart), CountOrFail(probe));

        foreach (var message in new[] { "count", "count", "fail", "count", "count" })
            child.Tell(message);

        probe.Expect(1, 2, 1, 2);
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Fail_Stop_Terminates(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var child = Supervised(runtime, new OneForOneStrategy(_ => Directive.Stop), CountOrFail(probe));
        probe.Watch(child);

        child.Tell("fail");
        child.Tell("count");

        Assert.Equal(child, probe.Next<Terminated>().ActorRef);
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Fail_Escalate_RestartsTheSupervisorAndStopsTheChild(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        IActorRef? child = null;
        runtime.Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = new OneForOneStrategy(_ => Directive.Escalate);
            hooks.OnPreStart = me =>
            {
                child = me.Ctx.ActorOf(Script.Props(CountOrFail(probe)));
                probe.Tell("started");
            };
        });
        probe.Expect("started");
        var first = child!;
        probe.Watch(first);

        first.Tell("fail");

        Assert.Equal(2, new[] { probe.Next(), probe.Next() }.Count(message => message is "started" || Equals(message, new Terminated(first))));
    });

    [Theory, OnBothDispatchers]
    public void Fail_MoreOftenThanAllowed_Stops(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var child = Supervised(runtime, new OneForOneStrategy(2, TimeSpan.FromSeconds(1), _ => Directive.Restart), CountOrFail(probe));
        probe.Watch(child);

        for (var i = 0; i < 4; i++)
        {
            child.Tell("fail");
            child.Tell("fail");
            runtime.Advance(1001);
        }

        probe.ExpectNoMore();
        child.Tell("fail");
        child.Tell("fail");
        child.Tell("fail");
        probe.Next<Terminated>();
    });

    [Theory, OnBothDispatchers]
    public void Fail_AllForOne_RestartsEveryChild(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var children = new List<IActorRef>();
        runtime.Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = new AllForOneStrategy(_ => Directive.Restart);
            hooks.OnPreStart = me => children.AddRange(Enumerable.Range(0, 3).Select(_ => me.Ctx.ActorOf(Script.Props(CountOrFail(probe)))));
        });
        runtime.Settle();

        children.ForEach(child => child.Tell("count"));
        probe.Expect(1, 1, 1);
        children[1].Tell("fail");
        runtime.Settle();
        children.ForEach(child => child.Tell("count"));

        probe.Expect(1, 1, 1);
    });

    [Theory, OnBothDispatchers]
    public void Restart_HooksAndChildren_RunInOrder(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((_, message) => throw new InvalidOperationException(message.ToString()), hooks =>
        {
            hooks.OnConstruct = _ => probe.Tell("new");
            hooks.OnPreStart = me =>
            {
                probe.Tell("PreStart");
                me.Ctx.ActorOf(Script.Props((_, _) => { }, child => child.OnPostStop = _ => probe.Tell("child stopped")), "child");
            };
            hooks.OnPreRestart = (_, cause, message) => probe.Tell($"PreRestart {cause.Message} {message}");
            hooks.OnPostStop = _ => probe.Tell("PostStop");
            hooks.OnPostRestart = (_, cause) => probe.Tell($"PostRestart {cause.Message}");
        });
        probe.Expect("new", "PreStart");

        actor.Tell("boom");

        probe.Expect("PreRestart boom boom", "PostStop", "child stopped", "new", "PostRestart boom", "PreStart");
    });

    [Theory, OnBothDispatchers]
    public void Restart_WatchedChildren_NoTerminatedFromTheEarlierLife(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start(
            (_, message) =>
            {
                probe.Tell(message);
                if (message is "fail")
                    throw new InvalidOperationException();
            },
            hooks => hooks.OnPreStart = me => me.Ctx.Watch(me.Ctx.ActorOf(Script.Props((_, _) => { }), "child")));

        actor.Tell("fail");
        actor.Tell("next");

        probe.Expect("fail", "next");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Restart_ChildrenKept_AreRestartedToo(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        IActorRef? child = null;
        var actor = runtime.Start((_, _) => throw new InvalidOperationException(), hooks =>
        {
            hooks.KeepsChildren = true;
            hooks.OnPreStart = me => child ??= me.Ctx.ActorOf(Script.Props(CountOrFail(probe)));
        });
        runtime.Settle();
        child!.Tell("count");
        probe.Expect(1);

        actor.Tell("boom");
        runtime.Settle();
        child!.Tell("count");

        probe.Expect(1);
    });

    [Theory, OnBothDispatchers]
    public void Restart_PreRestartThrows_IsNotPrevented(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start(CountOrFail(probe), hooks => hooks.OnPreRestart = (_, _, _) => throw new InvalidOperationException());

        foreach (var message in new[] { "count", "fail", "count" })
            actor.Tell(message);

        probe.Expect(1, 1);
    });

    [Theory, OnBothDispatchers]
    public void Start_ConstructorThrows_StopsAndTellsWatchers(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();

        var actor = runtime.Start((_, _) => { }, hooks => hooks.OnConstruct = _ => throw new InvalidOperationException());
        probe.Watch(actor);

        probe.Next<Terminated>();
    });

    [Theory, OnBothDispatchers]
    public void Start_ConstructorThrowsOnce_ADeciderMayRestart(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var attempts = 0;
        runtime.Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = new OneForOneStrategy(_ => Directive.Restart);
            hooks.OnPreStart = me => me.Ctx.ActorOf(Script.Props((_, message) => probe.Tell(message), child => child.OnConstruct = _ =>
            {
                if (++attempts < 3)
                    throw new InvalidOperationException();
            })).Tell("hello");
        });

        probe.Expect("hello");
        Assert.Equal(3, attempts);
    });

    [Theory, OnBothDispatchers]
    public void Kill_AnyActor_TheSupervisorDecides(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var stopped = runtime.Start(CountOrFail(probe));
        var resumed = Supervised(runtime, new OneForOneStrategy(cause => cause is ActorKilledException ? Directive.Resume : Directive.Stop), CountOrFail(probe));
        probe.Watch(stopped);

        resumed.Tell(Kill.Instance);
        resumed.Tell("count");
        probe.Expect(1);
        stopped.Tell(Kill.Instance);

        probe.Next<Terminated>();
    });

    internal static Action<Script, object> CountOrFail(Probe probe) => (me, message) =>
    {
        if (message is "fail")
            throw new InvalidOperationException("fail");
        probe.Tell(++me.Count);
    };

    private static IActorRef Supervised(TestRuntime runtime, SupervisorStrategy strategy, Action<Script, object> receive)
    {
        IActorRef? child = null;
        runtime.Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = strategy;
            hooks.OnPreStart = me => child = me.Ctx.ActorOf(Script.Props(receive));
        });
        runtime.Settle();
        return child!;
    }
}
