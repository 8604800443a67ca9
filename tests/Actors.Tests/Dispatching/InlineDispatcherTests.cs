using Akka.Configuration;
using NuCypher.P2P.Actors.Dispatching;
using NuCypher.P2P.Actors.Hosting;

namespace NuCypher.P2P.Actors.Tests.Dispatching;

public sealed class InlineDispatcherTests : IAsyncLifetime
{
    private const int Many = 20_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system = ActorSystem.Create("inline", NodeConfig.Of(Config.Empty, Config.Empty));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task TellHere_IdleActor_RunsItOnThisThreadBeforeItReturns()
    {
        var (seen, atReturn) = (0, 0);
        var actor = await StartAsync(_ => seen = Environment.CurrentManagedThreadId);

        // The turn in which it answered may not be over yet: then the pool goes on with it.
        for (var tries = 0; tries < 100 && atReturn == 0; tries++)
        {
            var here = RunOnThread(() =>
            {
                InlineDispatcher.TellHere(actor, "now");
                atReturn = Volatile.Read(ref seen);
            });
            atReturn = atReturn == here ? here : 0;
        }

        Assert.NotEqual(0, atReturn);
    }

    [Fact]
    public async Task Tell_AnotherThread_LeavesTheActorToThePool()
    {
        var seen = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = await StartAsync(_ => seen.TrySetResult(Environment.CurrentManagedThreadId));
        var here = RunOnThread(() => actor.Tell("later"));

        Assert.NotEqual(here, await seen.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task TellHere_ActorThatTellsAnother_RunsTheOtherOnThePool()
    {
        var seen = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var other = await StartAsync(_ => seen.TrySetResult(Environment.CurrentManagedThreadId));
        var actor = await StartAsync(_ => InlineActor.Pass(other));
        var here = RunOnThread(() => InlineDispatcher.TellHere(actor, "pass"));

        Assert.NotEqual(here, await seen.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task TellHere_ManyThreadsAndTheActorItself_RunsItNeverTwiceAtOnceAndLosesNothing()
    {
        var (inside, most, count) = (0, 0, 0);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = await StartAsync(_ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Interlocked.Decrement(ref inside);
            if (++count == 4 * Many)
                all.TrySetResult();
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            for (var n = 0; n < Many; n++)
            {
                if (i == 0)
                    actor.Tell("pool");
                else
                    InlineDispatcher.TellHere(actor, "here");
            }
        })));
        await all.Task.WaitAsync(Limit);

        Assert.Equal((1, 4 * Many), (most, count));
    }

    private static int RunOnThread(Action act)
    {
        var thread = new Thread(() => act());
        thread.Start();
        Assert.True(thread.Join(Limit));
        return thread.ManagedThreadId;
    }

    /// <summary>An actor that has started: its first turn, on the pool, is over when it has answered.</summary>
    private async Task<IActorRef> StartAsync(Action<object> act)
    {
        var actor = _system.ActorOf(ActorProps.Of(() => new InlineActor(act)).WithDispatcher(InlineDispatcher.Name));
        await actor.Ask<ActorIdentity>(new Identify(1), Limit);
        return actor;
    }

    private sealed class InlineActor : ReceiveActor
    {
        // Not Receive<string>(act): Akka remembers handlers by the message's type for all actors of a process, and
        // would take every later one of strings for an Action<object>, which it is not.
        public InlineActor(Action<object> act) => Receive<string>(text => act(text));

        public static void Pass(IActorRef other) => other.Tell("passed");
    }
}
