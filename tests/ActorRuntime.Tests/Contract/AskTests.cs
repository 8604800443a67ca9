namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class AskTests
{
    [Theory, OnBothDispatchers]
    public void Ask_Answer_Completes(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var actor = runtime.Start((me, message) => me.From.Tell($"re: {message}"));

        Assert.Equal("re: hello", runtime.WaitFor(actor.Ask<string>("hello")));
    });

    [Theory, OnBothDispatchers]
    public void Ask_NoAnswer_FailsAtTheTimeLimitAndALateAnswerIsADeadLetter(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var dead = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        IActorRef? asker = null;
        var actor = runtime.Start((me, _) => asker = me.From);

        var answer = actor.Ask<string>("hello", TimeSpan.FromSeconds(3));
        runtime.Advance(2999);
        Assert.False(answer.IsCompleted);
        runtime.Advance(1);

        Assert.Throws<AskTimeoutException>(() => runtime.WaitFor(answer));
        asker!.Tell("late");
        Assert.Equal("late", dead.Next<DeadLetter>().Message);
    });

    [Theory, OnBothDispatchers]
    public void Ask_FailureOrWrongType_Throws(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var actor = runtime.Start((me, message) => me.From.Tell(
            message is "fail" ? new Status.Failure(new FormatException()) : message));

        Assert.Throws<FormatException>(() => runtime.WaitFor(actor.Ask<string>("fail")));
        Assert.Throws<ArgumentException>(() => runtime.WaitFor(actor.Ask<int>("text")));
    });

    [Theory, OnBothDispatchers]
    public void Ask_Cancelled_Ends(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        using var cancellation = new CancellationTokenSource();
        var actor = runtime.Start((_, _) => { });

        var answer = actor.Ask<string>("hello", null, cancellation.Token);
        cancellation.Cancel();

        Assert.Throws<TaskCanceledException>(() => runtime.WaitFor(answer));
    });

    [Theory, OnBothDispatchers]
    public void Ask_InsideAsyncHandlers_Nested(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var leaf = runtime.Start((me, message) => me.From.Tell((int)message * 2));
        var middle = runtime.Start((me, message) => Script.Await(async () =>
        {
            var once = await leaf.Ask<int>(message);
            me.From.Tell(await leaf.Ask<int>(once));
        }));

        for (var i = 0; i < 10; i++)
            Assert.Equal(i * 4, runtime.WaitFor(middle.Ask<int>(i)));
    });

    [Theory, OnBothDispatchers]
    public void PipeTo_ResultAndFailure_BecomeMessages(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var cause = new FormatException();

        runtime.WaitFor(Task.FromResult(1).PipeTo(probe.Ref));
        runtime.WaitFor(Task.FromResult(2).PipeTo(probe.Ref, success: number => $"number {number}"));
        runtime.WaitFor(Task.FromException<int>(cause).PipeTo(probe.Ref));
        runtime.WaitFor(Task.FromException<int>(cause).PipeTo(probe.Ref, failure: exception => exception.GetType()));

        probe.Expect(1, "number 2", new Status.Failure(cause), typeof(FormatException));
    });
}
