using System.Net;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Tests.Network;

public sealed class KademliaPathTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly NodeAddress Somewhere = new(IPAddress.Loopback, 9);

    private readonly ActorSystem _system = ActorSystem.Create("paths");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Theory, InlineData(true), InlineData(false)]
    public async Task Send_TransportWithAPath_GoesOverItElseByMessage(bool hasPath)
    {
        var (path, told) = (new Recorder(), new Recorder());
        var transport = _system.ActorOf(ActorProps.Of(() => new TransportActor(hasPath ? path : null, told)));
        var kademlia = _system.ActorOf(ActorProps.Of(() => new KademliaActor(
            NodeId.Random(new Random(1)), new KademliaOptions(), RecordSignatures.Verify, new UnpredictableRandom(),
            transport)));
        await told.Listened.Task.WaitAsync(Limit);

        kademlia.Tell(new PingAddress(1, Somewhere), _system.DeadLetters);

        Assert.Equal(Somewhere, await (hasPath ? path : told).To.Task.WaitAsync(Limit));
        Assert.False((hasPath ? told : path).To.Task.IsCompleted);
    }

    private sealed class Recorder : IDatagramPath
    {
        public TaskCompletionSource<NodeAddress> To { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Listened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Send(NodeAddress to, ReadOnlySpan<byte> datagram) => To.TrySetResult(to);
    }

    private sealed class TransportActor : ReceiveActor
    {
        public TransportActor(IDatagramPath? path, Recorder told)
        {
            Receive<Listen>(_ =>
            {
                if (path is not null)
                    Sender.Tell(new Listening(path));
                told.Listened.TrySetResult();
            });
            Receive<SendDatagram>(datagram => told.Send(datagram.To, datagram.Bytes.Span));
        }
    }
}
