namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class BackoffSupervisorTests
{
    [Theory, OnBothDispatchers]
    public void Fail_Again_WaitsTwiceAsLongAndMailWaits(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.System.ActorOf(BackoffSupervisor.Props(OnFailure(probe, maxRetries: -1)));

        actor.Tell("fail");
        runtime.Settle();
        actor.Tell("count");
        runtime.Advance(99);
        probe.ExpectNoMore();
        runtime.Advance(1);
        probe.Expect(1);
        actor.Tell("fail");
        runtime.Settle();
        actor.Tell("count");
        runtime.Advance(199);
        probe.ExpectNoMore();
        runtime.Advance(1);
        probe.Expect(1);
        actor.Tell("fail");
        runtime.Advance(250);
        actor.Tell("count");

        probe.Expect(1);
    });

    [Theory, OnBothDispatchers]
    public void Fail_AfterALongLife_BeginsAgainAtTheMinimum(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var options = OnFailure(probe, maxRetries: 1).WithAutoReset(TimeSpan.FromMilliseconds(500));
        var actor = runtime.System.ActorOf(BackoffSupervisor.Props(options));
        probe.Watch(actor);

        for (var i = 0; i < 3; i++)
        {
            actor.Tell("fail");
            runtime.Advance(100);
            runtime.Advance(500);
        }

        actor.Tell("count");
        probe.Expect(1);
        actor.Tell("fail");
        runtime.Advance(100);
        actor.Tell("fail");
        probe.Next<Terminated>();
    });

    [Theory, OnBothDispatchers]
    public void Stop_OnStop_StartsAgain_OnFailure_StopsTheSupervisor(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var props = Script.Props(SupervisionTests.CountOrFail(probe));
        var second = TimeSpan.FromSeconds(1);
        var again = runtime.System.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(props, "child", second, second, 0, -1)));
        var never = runtime.System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(props, "child", second, second, 0, -1)));
        probe.Watch(never);

        again.Tell(PoisonPill.Instance, null);
        ChildOf(runtime, never).Tell(PoisonPill.Instance);

        Assert.Equal(never, probe.Next<Terminated>().ActorRef);
    });

    [Theory, OnBothDispatchers]
    public void Stop_ChildOfOnStop_IsStartedAgain(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var second = TimeSpan.FromSeconds(1);
        var actor = runtime.System.ActorOf(BackoffSupervisor.Props(
            Backoff.OnStop(Script.Props(SupervisionTests.CountOrFail(probe)), "child", second, second, 0, -1)));

        ChildOf(runtime, actor).Tell(PoisonPill.Instance);
        runtime.Settle();
        Assert.Equal(ActorRefs.Nobody, ChildOf(runtime, actor));
        actor.Tell("count");
        runtime.Advance(1000);

        probe.Expect(1);
    });

    [Theory, OnBothDispatchers]
    public void Tell_MoreThanTheStashHolds_IsADeadLetter(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var dead = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var actor = runtime.System.ActorOf(BackoffSupervisor.Props(OnFailure(probe, -1)).WithStashCapacity(2));

        actor.Tell("fail");
        runtime.Settle();
        foreach (var message in new[] { "count", "count", "late" })
            actor.Tell(message);

        Assert.Equal("late", dead.Next<DeadLetter>().Message);
        runtime.Advance(100);
        probe.Expect(1, 2);
    });

    private static BackoffOptions OnFailure(Probe probe, int maxRetries) => Backoff.OnFailure(
        Script.Props(SupervisionTests.CountOrFail(probe)), "child", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250), 0, maxRetries)
        .WithAutoReset(TimeSpan.FromHours(1));

    private static IActorRef ChildOf(TestRuntime runtime, IActorRef supervisor) =>
        runtime.WaitFor(supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance)).Ref;
}
