using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class MailboxTests
{
    [Theory, OnBothDispatchers]
    public void Tell_FullMailbox_DropsCountsAndPublishesButNotTerminated(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var dead = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var go = new TaskCompletionSource();
        var subject = runtime.Start((_, _) => { });
        var actor = runtime.System.ActorOf(Script.Props((me, message) =>
        {
            if (message is "block")
            {
                me.Ctx.Watch(subject);
                me.Timers.StartSingleTimer("key", "timer", TimeSpan.FromSeconds(1));
                Script.Await(() => go.Task);
            }
            else
            {
                probe.Tell(message);
            }
        }).WithMailboxCapacity(3));
        actor.Tell("block");
        runtime.Settle();

        for (var i = 0; i < 5; i++)
            actor.Tell(i);
        subject.Tell(PoisonPill.Instance);
        runtime.Settle();
        runtime.Advance(1000);
        go.SetResult();

        probe.Expect(0, 1, 2, new Terminated(subject), "timer");
        Assert.Equal([3, 4], [dead.Next<DeadLetter>().Message, dead.Next<DeadLetter>().Message]);
        Assert.Equal(2, runtime.System.GetDroppedMessageCount());
    });

    [Theory, OnBothDispatchers]
    public void Tell_PoisonPillToAFullMailbox_IsNotDropped(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var go = new TaskCompletionSource();
        var actor = runtime.System.ActorOf(Script.Props((_, _) => Script.Await(() => go.Task)).WithMailboxCapacity(1));
        probe.Watch(actor);
        actor.Tell("block");
        runtime.Settle();

        actor.Tell("fills");
        actor.Tell(PoisonPill.Instance);
        go.SetResult();

        probe.Expect(new Terminated(actor));
    });

    [Theory, OnBothDispatchers]
    public void Tell_DroppedBefore_TheMailboxTakesMoreOnceItHasRoom(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var go = new TaskCompletionSource();
        var actor = runtime.System.ActorOf(Script.Props((me, message) =>
        {
            if (me.Count++ == 0)
                Script.Await(() => go.Task);
            else
                probe.Tell(message);
        }).WithMailboxCapacity(1));
        actor.Tell("block");
        runtime.Settle();

        foreach (var message in new[] { "kept", "dropped", "dropped" })
            actor.Tell(message);
        go.SetResult();
        probe.Expect("kept");
        runtime.Settle();
        actor.Tell("fits again");

        probe.Expect("fits again");
    });

    [Theory, OnBothDispatchers]
    public void DeadLetter_SubscriberIsDead_IsNotPublishedAgain(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var go = new TaskCompletionSource();
        var subscriber = runtime.System.ActorOf(Script.Props((_, _) => Script.Await(() => go.Task)).WithMailboxCapacity(1));
        runtime.System.EventStream.Subscribe(subscriber, typeof(DeadLetter));

        for (var i = 0; i < 10; i++)
            runtime.System.DeadLetters.Tell(i);
        runtime.Settle();
        go.SetResult();
        runtime.Settle();

        Assert.InRange(runtime.System.GetDeadLetterCount(), 10, 20);
    });
}
