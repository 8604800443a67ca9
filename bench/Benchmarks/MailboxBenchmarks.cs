using BenchmarkDotNet.Attributes;
using Akka.Actor;
using Akka.Configuration;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Mailboxes;

namespace NuCypher.P2P.Benchmarks;

/// <summary>What does a message cost in a node, and an ask?</summary>
[MemoryDiagnoser]
public class MailboxBenchmarks
{
    private const int Messages = 100_000;

    private ActorSystem _system = null!; // set up before each run

    [GlobalSetup]
    public void Start()
    {
        var capacity = ConfigurationFactory.ParseString($"akka.actor.mailbox.kademlia.mailbox-capacity = {Messages}");
        _system = ActorSystem.Create("bench", NodeConfig.Of(ConfigurationFactory.Empty, capacity));
    }

    [GlobalCleanup]
    public void Stop() => _system.Terminate().Wait();

    [Benchmark(OperationsPerInvoke = Messages)]
    public void PingPong() => Play(_system).Wait();

    [Benchmark(OperationsPerInvoke = Messages)]
    public void OneToOne()
    {
        var done = new TaskCompletionSource();
        var counter = _system.ActorOf(ActorProps.Of(() => new Counter(done)).WithMailbox(MailboxNames.Kademlia));
        for (var i = 0; i < Messages; i++)
            counter.Tell(this, ActorRefs.NoSender);
        done.Task.Wait();
        _system.Stop(counter);
    }

    [Benchmark]
    public async Task<object> Ask()
    {
        _echo ??= _system.ActorOf(ActorProps.Of(() => new Echo()));
        return await _echo.Ask(this);
    }

    private IActorRef? _echo;

    private static Task Play(ActorSystem system)
    {
        var done = new TaskCompletionSource();
        var one = system.ActorOf(ActorProps.Of(() => new Player(done)));
        var other = system.ActorOf(ActorProps.Of(() => new Player(done)));
        one.Tell(Messages, other);
        return done.Task;
    }

    private sealed class Player : UntypedActor
    {
        private readonly TaskCompletionSource _done;

        public Player(TaskCompletionSource done) => _done = done;

        protected override void OnReceive(object message)
        {
            var left = (int)message;
            if (left > 0)
                Sender.Tell(left - 1, Self);
            else
                _done.TrySetResult();
        }
    }

    private sealed class Counter(TaskCompletionSource done) : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (++_count == Messages)
                done.TrySetResult();
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
