using NuCypher.P2P.ActorRuntime.Tests.Contract;

namespace NuCypher.P2P.ActorRuntime.Tests.Hosting;

/// <summary>Races inside the mailbox show on real threads only. A long run by hand: set CONTRACT_FACTOR.</summary>
public sealed class MailboxStressTests
{
    private const int Producers = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void Tell_ManyThreads_NothingLostNothingTwiceNothingAtOnce()
    {
        for (var seed = 1; seed <= 100 * Runtimes.Factor; seed++)
            Round(seed);
    }

    /// <summary>
    /// Threads tell at the very moment at which the actor's turn ends, again and again: a wake-up that gets lost stops the game of one
    /// player, one too many lets two players' messages be handled at once.
    /// </summary>
    [Theory, InlineData(1, 100_000), InlineData(2, 10_000)]
    public void Tell_AtTheEndOfATurn_WakesTheActorExactlyOnce(int players, int rounds)
    {
        using var system = ActorSystem.Create("stress");
        var game = new Game(players, rounds * Runtimes.Factor);
        var actor = system.ActorOf(Script.Props((_, _) => game.Play()));
        var threads = Enumerable.Range(0, players).Select(seed => new Thread(() => game.Join(actor, seed))).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(string.Empty, game.Errors);
        Assert.Equal(players * rounds * Runtimes.Factor, game.Handled);
    }

    private static void Round(int seed)
    {
        const int PerProducer = 2000;
        using var system = ActorSystem.Create("stress");
        using var done = new CountdownEvent(1);
        var ledger = new Ledger(PerProducer, done);
        var actor = system.ActorOf(Script.Props(ledger.Record));
        var threads = Enumerable.Range(0, Producers).Select(producer => new Thread(() => Produce(actor, producer, PerProducer, seed))).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.True(done.Wait(Limit), $"seed {seed}: messages are missing: {ledger}");
        Assert.True(actor.GracefulStop(Limit).Wait(Limit), $"seed {seed}: does not stop");
        Assert.Equal(string.Empty, ledger.Errors);
    }

    private static void Produce(IActorRef actor, int producer, int count, int seed)
    {
        var random = new Random((seed * Producers) + producer);
        for (var i = 0; i < count; i++)
        {
            actor.Tell((producer, i));
            if (random.Next(50) == 0)
                Thread.SpinWait(random.Next(2000));
            if (random.Next(100) == 0)
                Thread.Yield();
        }
    }

    private sealed class Ledger(int perProducer, CountdownEvent done)
    {
        private readonly int[] _next = new int[Producers];
        private int _inside;

        public string Errors { get; private set; } = string.Empty;

        public void Record(Script me, object message)
        {
            if (Interlocked.Exchange(ref _inside, 1) != 0)
                Errors += "two at once; ";
            if (message is ValueTuple<int, int> numbered)
                Count(me, numbered);
            Volatile.Write(ref _inside, 0);
        }

        public override string ToString() => string.Join(' ', _next);

        /// <summary>Some messages start a child that dies at once: its death is a system message.</summary>
        private void Count(Script me, (int Producer, int Number) message)
        {
            if (_next[message.Producer]++ != message.Number)
                Errors += $"producer {message.Producer} at {message.Number}; ";
            if (message.Number % 64 == 0)
                me.Ctx.Watch(me.Ctx.ActorOf(Script.Props((_, _) => { }))).Tell(PoisonPill.Instance);
            if (_next.Sum() == Producers * perProducer)
                done.Signal();
        }
    }

    private sealed class Game(int players, int rounds)
    {
        private const int SpinsBeforeYield = 20_000;

        private int _handled;
        private int _inside;

        public int Handled => Volatile.Read(ref _handled);

        public string Errors { get; private set; } = string.Empty;

        public void Play()
        {
            if (Interlocked.Exchange(ref _inside, 1) != 0)
                Errors = "two at once";
            if (players > 1)
                Thread.SpinWait(20);
            Volatile.Write(ref _inside, 0);
            Volatile.Write(ref _handled, _handled + 1);
        }

        public void Join(IActorRef actor, int seed)
        {
            var random = new Random(seed);
            for (var round = 1; round <= rounds; round++)
            {
                Dawdle(random.Next(100));
                actor.Tell(round);
                if (!WaitFor(players * round))
                {
                    Errors = $"nobody handles round {round}";
                    return;
                }
            }
        }

        /// <summary>Some nanoseconds, to meet the end of the turn at every point.</summary>
        private void Dawdle(int reads)
        {
            for (var i = 0; i < reads; i++)
                _ = Handled;
        }

        private bool WaitFor(int handled)
        {
            for (var spins = 0; spins < SpinsBeforeYield; spins++)
            {
                if (Handled >= handled)
                    return true;
            }

            return SpinWait.SpinUntil(() => Handled >= handled, Limit);
        }
    }
}
