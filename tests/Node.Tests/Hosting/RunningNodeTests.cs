using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.ActorRuntime;
using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Tests.Hosting;

public sealed class RunningNodeTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());
    private NodeStart _start = null!;
    private RunningNode _node = null!;

    public async Task InitializeAsync()
    {
        _start = new NodeStart
        {
            Identity = _identity,
            Settings = new NodeSettings(),
            Logs = NullLoggerFactory.Instance,
            Journal = new InMemoryJournal(),
            Udp = new NodeAddress(IPAddress.Loopback, 0),
        };
        _node = await RunningNode.StartAsync(_start);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose()
    {
        _identity.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task KeepAsync_KademliaDoesNotAnswer_GoesOnAndLeavesTheFile()
    {
        _node.System.Stop(_node.Actors.Kademlia);

        await new SavedPeers(_folder.File("peers")).KeepAsync(_node, NullLogger.Instance, new CancellationToken(canceled: true));

        Assert.False(File.Exists(_folder.File("peers")));
    }

    [Fact]
    public async Task StoreRecord_OfAStranger_IsNotPublishedAnyLonger()
    {
        using var stranger = Identity.Random(new OperatingSystemRandom());
        var record = RecordOf(stranger);

        await NodeBackend.Create(_node, _start).StoreRecord(record.Key.ToBytes(), record.Bytes);
        var peers = await _node.Actors.Kademlia.Ask<Peers>(new GetPeers(), TimeSpan.FromSeconds(20));

        Assert.Equal(0, peers.Statistics.Published);
    }

    private static SignedRecord RecordOf(Identity identity) => new NodeRecord(
        identity.VerifyingKey, identity.EncryptingKey, NodeCapabilities.Dht, new NodeAddress(IPAddress.Loopback, 9), "", 0, default)
        .ToRecord(identity.Signer, 1, DateTimeOffset.UtcNow.AddHours(1), new OperatingSystemRandom());
}
