namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class MessageOrderTests
{
    [Theory, OnBothDispatchers]
    public void Tell_ManySenders_EachSendersOrderIsKept(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var receiver = runtime.Start((_, message) => probe.Tell(message));
        var senders = Enumerable.Range(0, 5)
            .Select(sender => runtime.Start((_, _) => Enumerable.Range(0, 50).ToList().ForEach(i => receiver.Tell((sender, i)))))
            .ToList();

        senders.ForEach(sender => sender.Tell("go"));
        var received = Enumerable.Range(0, 250).Select(_ => probe.Next<(int Sender, int Number)>()).ToList();

        Assert.All(received.GroupBy(pair => pair.Sender), group =>
            Assert.Equal(Enumerable.Range(0, 50), group.Select(pair => pair.Number)));
    });

    [Theory, OnBothDispatchers]
    public void Receive_ManySenders_NeverTwoMessagesAtOnce(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var inside = 0;
        var overlaps = 0;
        var handled = 0;
        var receiver = runtime.Start((_, _) =>
        {
            if (Interlocked.Increment(ref inside) > 1)
                Interlocked.Increment(ref overlaps);
            Thread.SpinWait(20);
            handled++;
            Interlocked.Decrement(ref inside);
        });
        var senders = Enumerable.Range(0, 5)
            .Select(_ => runtime.Start((_, _) => Enumerable.Range(0, 100).ToList().ForEach(i => receiver.Tell(i))))
            .ToList();

        senders.ForEach(sender => sender.Tell("go"));
        runtime.Settle();

        Assert.Equal((0, 500), (overlaps, handled));
    });

    [Theory, OnBothDispatchers]
    public void Forward_ToAnother_KeepsTheSender(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var echo = runtime.Start((me, message) => me.From.Tell(message));
        var forwarder = runtime.Start((_, message) => echo.Forward(message));

        forwarder.Tell("hello", probe.Ref);

        probe.Expect("hello");
    });

    [Theory, OnBothDispatchers]
    public void Become_Stacked_GoesBackToTheOneBelow(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "push")
                me.BeStacked(inner => Stacked(me, inner));
            else
                probe.Tell($"1{message}");
        });

        void Stacked(Script me, object message)
        {
            if (message is "pop")
                me.Unbe();
            else
                probe.Tell($"2{message}");
        }

        foreach (var message in new[] { "a", "push", "b", "pop", "c" })
            actor.Tell(message);

        probe.Expect("1a", "2b", "1c");
    });

    [Theory, OnBothDispatchers]
    public void Unhandled_AnyMessage_IsPublished(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(probe.Ref, typeof(UnhandledMessage));
        var actor = runtime.Start((me, message) => me.Pass(message));

        actor.Tell("unknown");

        Assert.Equal(("unknown", actor), Pair(probe.Next<UnhandledMessage>()));
        Assert.True(runtime.System.EventStream.Unsubscribe(probe.Ref));
        actor.Tell("unknown");
        probe.ExpectNoMore();

        static (object, IActorRef) Pair(UnhandledMessage unhandled) => (unhandled.Message, unhandled.Recipient);
    });
}
