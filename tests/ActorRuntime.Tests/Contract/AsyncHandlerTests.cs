namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class AsyncHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, OnBothDispatchers]
    public void Await_NextMessage_WaitsAndTheSenderStays(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var sender = runtime.CreateProbe();
        var actor = runtime.Start((me, message) => Script.Await(async () =>
        {
            probe.Tell($"in {message}");
            await Task.Delay(Second, runtime.Options.TimeProvider);
            await Task.Yield();
            me.From.Tell($"out {message}");
            probe.Tell($"out {message}");
        }));

        actor.Tell(1, sender.Ref);
        actor.Tell(2, sender.Ref);
        runtime.Advance(5000);

        probe.Expect("in 1", "out 1", "in 2", "out 2");
        sender.Expect("out 1", "out 2");
    });

    [Theory, OnBothDispatchers]
    public void Await_ExceptionBeforeAndAfter_ReachesTheSupervisor(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start(
            (_, message) => Script.Await(async () =>
            {
                if (message is "early")
                    throw new FormatException("early");
                await Task.Delay(Second, runtime.Options.TimeProvider);
                throw new FormatException("late");
            }),
            hooks => hooks.OnPreRestart = (_, cause, message) => probe.Tell($"{cause.Message} {message}"));

        actor.Tell("early");
        probe.Expect("early early");
        actor.Tell("late");
        runtime.Advance(1000);

        probe.Expect("late late");
    });

    [Theory, OnBothDispatchers]
    public void Await_StopMeanwhile_TokenFiresThenFinallyThenPostStop(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start(
            (me, _) => Script.Await(async () =>
            {
                try
                {
                    await Task.Delay(TimeSpan.FromDays(1), runtime.Options.TimeProvider, me.Stopping);
                }
                finally
                {
                    probe.Tell("finally");
                }
            }),
            hooks => hooks.OnPostStop = _ => probe.Tell("PostStop"));
        probe.Watch(actor);

        actor.Tell("wait");
        runtime.Settle();
        runtime.System.Stop(actor);

        probe.Expect("finally", "PostStop", new Terminated(actor));
    });

    [Theory, OnBothDispatchers]
    public void Await_SiblingFailsUnderAllForOne_HandlerEndsBeforeTheRestart(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        IActorRef? waiting = null;
        IActorRef? failing = null;
        runtime.Start((_, _) => { }, hooks =>
        {
            hooks.Strategy = new AllForOneStrategy(_ => Directive.Restart);
            hooks.OnPreStart = me =>
            {
                failing = me.Ctx.ActorOf(Script.Props((_, _) => throw new InvalidOperationException()));
                waiting = me.Ctx.ActorOf(Script.Props(
                    (child, _) => Script.Await(async () =>
                    {
                        await Task.Delay(TimeSpan.FromDays(1), runtime.Options.TimeProvider, child.Stopping).ContinueWith(
                            _ => probe.Tell("handler ended"), TaskScheduler.Current);
                    }),
                    child => child.OnPostRestart = (_, _) => probe.Tell("restarted")));
            };
        });
        runtime.Settle();

        waiting!.Tell("wait");
        runtime.Settle();
        failing!.Tell("fail");

        probe.Expect("handler ended", "restarted");
    });

    [Theory, OnBothDispatchers]
    public void ReceiveAsync_ManyMessages_OneAtATime(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.System.ActorOf(Props.Create(() => new Slow(probe.Ref, runtime.Options.TimeProvider)));

        for (var i = 0; i < 5; i++)
            actor.Tell(i);
        runtime.Advance(10_000);

        probe.Expect(0, 1, 2, 3, 4);
    });

    private sealed class Slow : ReceiveActor
    {
        private int _inside;

        public Slow(IActorRef probe, TimeProvider time) => ReceiveAsync<int>(async number =>
        {
            Assert.Equal(1, ++_inside);
            await Task.Delay(Second, time);
            Assert.Equal(1, _inside--);
            probe.Tell(number);
        });
    }
}
