using System.Collections.Concurrent;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>An actor that records what it is told, for the test to look at.</summary>
internal sealed class Probe
{
    private readonly ConcurrentQueue<Envelope> _mail = new();
    private readonly TestRuntime _runtime;

    private Probe(TestRuntime runtime, ActorSystem system)
    {
        _runtime = runtime;
        Ref = system.ActorOf(Props.Create(() => new Recorder(_mail)));
    }

    public IActorRef Ref { get; }

    public static Probe Create(TestRuntime runtime, ActorSystem system) => new(runtime, system);

    public void Tell(object message) => Ref.Tell(message, null);

    public void Watch(IActorRef subject)
    {
        Ref.Tell(new WatchRequest(subject), null);
        _runtime.Settle();
    }

    public object Next() => NextEnvelope().Message;

    public Envelope NextEnvelope()
    {
        _runtime.WaitUntil(() => !_mail.IsEmpty, "message at the probe");
        _mail.TryDequeue(out var envelope);
        return envelope;
    }

    public T Next<T>() => Assert.IsAssignableFrom<T>(Next());

    public void Expect(params object[] messages)
    {
        foreach (var message in messages)
            Assert.Equal(message, Next());
    }

    public void ExpectNoMore()
    {
        _runtime.Settle();
        Assert.Empty(_mail);
    }

    private sealed record WatchRequest(IActorRef Subject);

    private sealed class Recorder(ConcurrentQueue<Envelope> mail) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is WatchRequest request)
                Context.Watch(request.Subject);
            else
                mail.Enqueue(new Envelope(message, Sender));
        }
    }
}
