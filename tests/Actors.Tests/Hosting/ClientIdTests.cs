using System.Net;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Tests.Journal;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Tests.Hosting;

/// <summary>Under which id a node speaks to the swarm: datagrams are readable by whoever listens.</summary>
public sealed class ClientIdTests
{
    private const int HeaderSize = 21;

    private readonly Identity _identity = Identity.Random(TestNode.Random);

    [Fact]
    public async Task Start_Client_NamesItselfAnewEachTimeAndNeverByItsKey()
    {
        var (first, second) = (await FirstDatagramAsync(null), await FirstDatagramAsync(null));

        Assert.True(first.IndexOf(_identity.Id) < 0);
        Assert.True(second.IndexOf(_identity.Id) < 0);
        Assert.NotEqual(first.Bytes[HeaderSize..], second.Bytes[HeaderSize..]);
    }

    [Fact]
    public async Task Start_Ursula_IsNamedByHerKey()
    {
        var record = new NodeRecord(
            _identity.VerifyingKey, _identity.EncryptingKey, NodeCapabilities.Dht, new(
                IPAddress.Loopback, 9), "", 0, default);

        Assert.True((await FirstDatagramAsync(record)).IndexOf(_identity.Id) >= 0);
    }

    private async Task<Datagram> FirstDatagramAsync(NodeRecord? record)
    {
        var sent = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var journal = NodeJournal.OfMemory();
        var system = JournalSystem.Create(journal);
        NodeActors.Start(system, new NodeSetup
        {
            Identity = _identity,
            Transport = system.ActorOf(ActorProps.Of(() => new Wire(sent))),
            Link = ActorRefs.Nobody,
            Catalog = journal.Catalog,
            Record = record,
            Random = TestNode.Random,
            Choice = new UnpredictableRandom(),
            Options = new() { Membership = new() { Seeds = [new(IPAddress.Loopback, 9)] } },
        });
        var bytes = await sent.Task.WaitAsync(TestNode.Limit, TestContext.Current.CancellationToken);
        await system.Terminate();
        return new Datagram(bytes);
    }

    private sealed record Datagram(byte[] Bytes)
    {
        public int IndexOf(NodeId id) => Bytes.AsSpan().IndexOf(id.ToBytes());
    }

    private sealed class Wire : ReceiveActor
    {
        public Wire(TaskCompletionSource<byte[]> sent)
        {
            Receive<SendDatagram>(datagram => sent.TrySetResult(datagram.Bytes.ToArray()));
            ReceiveAny(_ => { });
        }
    }
}
