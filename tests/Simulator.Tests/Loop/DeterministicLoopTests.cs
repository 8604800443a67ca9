namespace NuCypher.P2P.Simulator.Tests;

public sealed class DeterministicLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Run_SameSeed_SameHash_OtherSeed_OtherHash()
    {
        var hashes = Enumerable.Range(1, 5).Select(Chatter).ToList();

        Assert.Equal(hashes, Enumerable.Range(1, 5).Select(Chatter));
        Assert.Equal(5, hashes.Distinct().Count());
    }

    [Fact]
    public void Run_ChildrenStoppedAtOnce_EndInAnOrderThatTheSeedDecides()
    {
        var orders = Enumerable.Range(1, 5).Select(StopAll).ToList();

        Assert.Equal(orders, Enumerable.Range(1, 5).Select(StopAll));
        Assert.Equal(5, orders.Distinct().Count());
    }

    [Fact]
    public void Tell_FromAnotherThread_FailsTheLoop()
    {
        var world = new World(new Seed(1));
        var actor = world.Actors.System.ActorOf(ActorProps.Of(() => new Acting((_, _) => { })));
        world.Loop.RunUntilIdle();

        world.Actors.System.EventStream.Subscribe(actor, typeof(LogEvent)); // Akka tells him what a mailbox throws
        var thread = new Thread(() => actor.Tell("leak"));
        thread.Start();
        thread.Join();
        actor.Tell("harmless");

        Assert.Throws<DeterminismException>(world.Loop.RunUntilIdle);
    }

    [Fact]
    public void Run_HandlerUsesTheThreadPool_IsFound()
    {
        var world = new World(new Seed(1), guardsThreadPool: true);
        var actor = world.Actors.System.ActorOf(ActorProps.Of(() => new Acting((_, _) => Task.Run(() => { }).Wait())));

        actor.Tell("leak");

        Assert.Throws<DeterminismException>(world.Loop.RunUntilIdle);
    }

    [Fact]
    public void RunUntil_TaskThatNeverEnds_TimesOut()
    {
        var time = new VirtualTime();
        var loop = new DeterministicLoop(1, time);

        Assert.Throws<TimeoutException>(() => loop.RunUntil(new TaskCompletionSource().Task, TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromHours(1), time.Elapsed);
    }

    [Fact]
    public void Ask_AnsweredAfterProgress_GivesTheAnswerWhenItComes()
    {
        var world = new World(new Seed(1));
        var actor = world.Actors.System.ActorOf(ActorProps.Of(() => new Acting((me, _) =>
        {
            me.Asker.Tell("wait");
            me.Schedule(Second, me.Asker, 7);
        })));

        var answer = world.Loop.RunUntil(world.Loop.Ask(actor, "?", 5 * Second, answer => answer is int), 10 * Second);

        Assert.Equal(7, answer);
        Assert.Equal(Second, world.Time.Elapsed);
    }

    [Fact]
    public void Ask_NobodyAnswers_GivesNothingWhenTheTimeIsOver()
    {
        var world = new World(new Seed(1));
        var actor = world.Actors.System.ActorOf(
            ActorProps.Of(() => new Acting((me, _) => me.Schedule(6 * Second, me.Asker, 7))));

        var answer = world.Loop.RunUntil(world.Loop.Ask(actor, "?", 5 * Second, _ => true), 10 * Second);
        world.RunFor(10 * Second);

        Assert.Null(answer);
    }

    [Theory, InlineData(8192, "kademlia"), InlineData(256, "policy")]
    public void Tell_FullMailbox_DropsAndCounts(int capacity, string mailbox)
    {
        var world = new World(new Seed(1));
        var handled = 0;
        var actor = world.AddMachine().StartOne(
            ActorProps.Of(() => new Acting((_, _) => handled++)).WithMailbox($"akka.actor.mailbox.{mailbox}"));

        for (var i = 0; i < capacity + 3; i++)
            actor.Tell(i);
        world.Loop.RunUntilIdle();

        Assert.Equal(capacity, handled);
        Assert.Equal(3, world.Loop.Dropped);
    }

    [Fact]
    public void Swap_OtherGenerator_IsWhatAkkaDrawsFrom()
    {
        var before = AkkaRandom.Swap(new Random(1));

        var drawn = Akka.Util.ThreadLocalRandom.Current.Next();
        AkkaRandom.Swap(before);

        Assert.Equal(new Random(1).Next(), drawn);
    }

    private static string Chatter(int seed)
    {
        var world = new World(new Seed((ulong)seed));
        var random = new Random(seed);
        IActorRef[] actors = [];
        actors = [.. Enumerable.Range(
            0, 10).Select(_ => world.AddMachine().StartOne(ActorProps.Of(() => new Acting((me, message) =>
        {
            if (message is int left and > 0)
                actors[random.Next(actors.Length)].Tell(left - 1);
            me.Timers.StartSingleTimer("key", message.ToString()!, TimeSpan.FromMilliseconds(random.Next(1, 100)));
        }))))];
        foreach (var actor in actors)
            actor.Tell(20);
        world.RunFor(10 * Second);
        return world.TraceHash;
    }

    private static string StopAll(int seed)
    {
        var world = new World(new Seed((ulong)seed));
        var ended = new List<string>();
        var parent = world.AddMachine().StartOne(
            ActorProps.Of(() => new Acting((_, message) => Acting.HandleFamily(message, ended))));

        parent.Tell("raise");
        world.RunFor(Second);
        parent.Tell("stop");
        world.RunFor(Second);

        Assert.Equal(30, ended.Count);
        return string.Join(" ", ended);
    }
}
