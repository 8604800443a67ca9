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
    /// Two threads tell at the very moment at which the actor's turn ends, again and again: a wake-up that gets lost stops the game, one too
    /// many runs the actor twice at once.
    /// </summary>
    [Fact]
    public void Tell_AtTheEndOfATurn_WakesTheActorExactlyOnce()
    {
        using var system = ActorSystem.Create("stress");
        var game = new Game();
        var actor = system.ActorOf(Script.Props((_, _) => game.Play()));
        var rounds = 20_000 * Runtimes.Factor;

        var players = Enumerable.Range(0, 2).Select(_ => new Thread(() => game.Join(actor, rounds))).ToList();
        players.ForEach(player => player.Start());
        players.ForEach(player => player.Join());

        Assert.Equal(string.Empty, game.Errors);
        Assert.Equal(2 * rounds, game.Handled);
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

    private sealed class Game
    {
        private int _handled;
        private int _inside;

        public int Handled => Volatile.Read(ref _handled);

        public string Errors { get; private set; } = string.Empty;

        public void Play()
        {
            if (Interlocked.Exchange(ref _inside, 1) != 0)
                Errors = "two at once";
            Thread.SpinWait(20);
            Volatile.Write(ref _inside, 0);
            Volatile.Write(ref _handled, _handled + 1);
        }

        public void Join(IActorRef actor, int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                actor.Tell(round);
                if (!SpinWait.SpinUntil(() => Handled >= 2 * (round + 1), Limit))
                {
                    Errors = $"nobody handles round {round}";
                    return;
                }
            }
        }
    }
}
