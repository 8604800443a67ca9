using Akka.Configuration;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Mailboxes;

namespace NuCypher.P2P.Actors.Tests.Mailboxes;

/// <summary>What happens at the limit of a mailbox, on real dispatchers.</summary>
[Collection(nameof(Alone))]
public sealed class DroppingMailboxTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly ActorSystem _system = ActorSystem.Create(
        "mailboxes",
        NodeConfig.Of(
            ConfigurationFactory.Empty,
            ConfigurationFactory.ParseString("akka.actor.mailbox.ursula.mailbox-capacity = 10")));

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task Tell_MoreThanTheCapacity_DropsTheRestWithoutWaiting()
    {
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = DroppingMailbox.Dropped;
        var emptied = new TaskCompletionSource<int>();
        var actor = _system.ActorOf(
            ActorProps.Of(() => new Gated(gate, entered, emptied)).WithMailbox(MailboxNames.Ursula));
        // it has its own mailbox now
        await actor.Ask<ActorIdentity>(new Identify(null), Limit, TestContext.Current.CancellationToken);
        actor.Tell("first");
        await entered.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        for (var i = 0; i < 25; i++)
            actor.Tell(i == 9 ? "last" : "more");
        var dropped = DroppingMailbox.Dropped - before;
        gate.Set();

        Assert.Equal(15, dropped);
        Assert.Equal(11, await emptied.Task.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Enqueue_FullButNotOfAStranger_ComesIn()
    {
        var receiver = _system.ActorOf(ActorProps.Of(() => new Counting()), "receiver");
        var stranger = _system.ActorOf(ActorProps.Of(() => new Counting()), "stranger");
        var messages = new DroppingMessages(1);

        messages.Enqueue(receiver, new Envelope("fills", ActorRefs.NoSender));
        messages.Enqueue(receiver, new Envelope("of nobody", ActorRefs.NoSender));
        messages.Enqueue(receiver, new Envelope("of a stranger", stranger));
        messages.Enqueue(receiver, new Envelope("of itself", receiver));
        messages.Enqueue(receiver, new Envelope(PoisonPill.Instance, ActorRefs.NoSender));

        Assert.Equal(["fills", "of itself", PoisonPill.Instance], Drain(messages));
        Assert.Equal(0, messages.Count);
    }

    [Fact]
    public async Task Tell_FromManyThreads_LosesNothingBelowTheCapacity()
    {
        var actor = _system.ActorOf(ActorProps.Of(() => new Counting()).WithMailbox(MailboxNames.Kademlia));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
                actor.Tell("one");
        })));

        Assert.Equal(8000, await actor.Ask<int>("count", Limit, TestContext.Current.CancellationToken));
    }

    private static List<object> Drain(DroppingMessages messages)
    {
        List<object> taken = [];
        while (messages.TryDequeue(out var envelope))
            taken.Add(envelope.Message);
        return taken;
    }

    private sealed class Gated : ReceiveActor
    {
        private int _count;

        public Gated(ManualResetEventSlim gate, TaskCompletionSource entered, TaskCompletionSource<int> emptied)
        {
            Receive<string>(text =>
            {
                _count++;
                entered.TrySetResult();
                gate.Wait();
                if (text == "last")
                    emptied.SetResult(_count);
            });
        }
    }

    private sealed class Counting : ReceiveActor
    {
        private int _count;

        public Counting()
        {
            Receive<string>(text => text == "count", _ => Sender.Tell(_count));
            ReceiveAny(_ => _count++);
        }
    }
}
