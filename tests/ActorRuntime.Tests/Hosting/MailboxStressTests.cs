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
}
