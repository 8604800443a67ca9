using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.ActorRuntime.Tests.Contract;

namespace NuCypher.P2P.ActorRuntime.Tests.Hosting;

public sealed class DeterministicDispatcherTests
{
    [Fact]
    public void Run_SameSeed_SameHash_OtherSeed_OtherHash()
    {
        var hashes = Enumerable.Range(1, 5).Select(Chatter).ToList();

        Assert.Equal(hashes, Enumerable.Range(1, 5).Select(Chatter));
        Assert.Equal(5, hashes.Distinct().Count());
    }

    [Fact]
    public void Tell_FromAnotherThread_ThrowsThereAndInTheLoop()
    {
        using var runtime = new DeterministicRuntime(1);
        var actor = runtime.Start((_, _) => { });
        runtime.Settle();

        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(() => actor.Tell("leak")));
        thread.Start();
        thread.Join();

        Assert.IsType<DeterminismException>(thrown);
        actor.Tell("harmless");
        Assert.Throws<DeterminismException>(runtime.Settle);
    }

    [Fact]
    public void Run_HandlerUsesTheThreadPool_IsFound()
    {
        var time = new VirtualTime();
        var dispatcher = new DeterministicDispatcher(1, time) { GuardsThreadPool = true };
        var system = ActorSystem.Create("test", new ActorSystemOptions { Dispatcher = dispatcher, TimeProvider = time });
        var actor = system.ActorOf(Script.Props((_, _) => Task.Run(() => { }).Wait()));

        actor.Tell("leak");

        Assert.Throws<DeterminismException>(dispatcher.RunUntilIdle);
    }

    [Fact]
    public void Ask_AnsweredByAnAsyncHandlerAwaitedWithoutContext_StaysInTheLoop()
    {
        using var runtime = new DeterministicRuntime(1);
        var probe = runtime.CreateProbe();
        var answering = runtime.Start((me, _) => Script.Await(async () =>
        {
            await Task.Yield();
            me.From.Tell(Environment.CurrentManagedThreadId);
        }));
        var asking = runtime.Start((_, _) => Script.Await(async () =>
        {
            var there = await answering.Ask<int>("?").ConfigureAwait(false);
            probe.Tell(there - Environment.CurrentManagedThreadId);
        }));

        asking.Tell("go");

        probe.Expect(0);
    }

    [Fact]
    public void RunUntil_TaskThatNeverEnds_TimesOut()
    {
        var time = new VirtualTime();
        var dispatcher = new DeterministicDispatcher(1, time);

        Assert.Throws<TimeoutException>(() => dispatcher.RunUntil(new TaskCompletionSource().Task, TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromHours(1), time.Elapsed);
    }

    [Fact]
    public void ManySystems_OneDispatcher_CostLittle()
    {
        var time = new VirtualTime();
        var options = new ActorSystemOptions { Dispatcher = new DeterministicDispatcher(1, time), TimeProvider = time };
        const int Count = 2000;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var systems = Enumerable.Range(0, Count).Select(_ => ActorSystem.Create("node", options)).ToList();
        systems.ForEach(system => system.ActorOf(Props.Create<Silent>(), "actor"));
        ((DeterministicDispatcher)options.Dispatcher).RunUntilIdle();
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;

        Assert.InRange(each, 1, 3000);
    }

    private static string Chatter(int seed)
    {
        using var runtime = new DeterministicRuntime(seed);
        IActorRef[] actors = [];
        var random = new Random(seed);
        actors = [.. Enumerable.Range(0, 10).Select(_ => runtime.Start((me, message) =>
        {
            if (message is int left and > 0)
                actors[random.Next(actors.Length)].Tell(left - 1);
            me.Timers.StartSingleTimer("key", message.ToString()!, TimeSpan.FromMilliseconds(random.Next(1, 100)));
        }))];
        foreach (var actor in actors)
            actor.Tell(20);
        runtime.Advance(10_000);
        return runtime.TraceHash;
    }

    private sealed class Silent : ReceiveActor;
}
