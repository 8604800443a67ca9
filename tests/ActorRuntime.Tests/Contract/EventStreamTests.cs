namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class EventStreamTests
{
    [Theory, OnBothDispatchers]
    public void Publish_SubscribedTypeAndBase_ArrivesUntilUnsubscribed(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var stream = runtime.System.EventStream;

        Assert.True(stream.Subscribe(probe.Ref, typeof(IComparable)));
        Assert.False(stream.Subscribe(probe.Ref, typeof(IComparable)));
        stream.Publish("text");
        stream.Publish(new object());
        Assert.True(stream.Unsubscribe(probe.Ref, typeof(IComparable)));
        Assert.False(stream.Unsubscribe(probe.Ref));
        stream.Publish("after");

        probe.Expect("text");
        probe.ExpectNoMore();
    });

    [Theory, OnBothDispatchers]
    public void Stop_Subscriber_EndsItsSubscriptions(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var subscriber = runtime.Start((_, _) => { });
        runtime.System.EventStream.Subscribe(subscriber, typeof(string));

        runtime.System.Stop(subscriber);
        runtime.Settle();

        Assert.False(runtime.System.EventStream.Unsubscribe(subscriber));
    });

    [Theory, OnBothDispatchers]
    public void Log_FailureOfAnActor_IsAnErrorEvent(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(probe.Ref, typeof(LogEvent));
        var actor = runtime.Start((me, message) =>
        {
            var log = me.Ctx.GetLogger();
            log.Debug("not made");
            log.Info("number {0}", 1.5);
            if (message is "fail")
                throw new FormatException("why");
        }, name: "actor");

        actor.Tell("fail");

        var info = probe.Next<LogEvent>();
        var error = probe.Next<LogEvent>();
        Assert.Equal((LogLevel.InfoLevel, "number 1.5", "akka://test/user/actor"), (info.LogLevel, info.Message, info.LogSource));
        Assert.Equal((LogLevel.ErrorLevel, "why"), (error.LogLevel, error.Cause!.Message));
    });
}
