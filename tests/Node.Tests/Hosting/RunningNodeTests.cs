using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Tests.Hosting;

public sealed class RunningNodeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());
    private readonly DataFolder _data;
    private X509Certificate2 _certificate = null!;
    private NodeStart _start = null!;
    private RunningNode _node = null!;

    public RunningNodeTests() => _data = new DataFolder(_folder.Path);

    public async ValueTask InitializeAsync()
    {
        NodeCertificate.Write(_data.Certificate, DateTimeOffset.UtcNow.AddYears(1));
        _certificate = NodeCertificate.Read(_data.Certificate);
        _start = new NodeStart
        {
            Identity = _identity,
            Settings = new NodeSettings(),
            Logs = NullLoggerFactory.Instance,
            Journal = NodeJournal.OfMemory(),
            Udp = new NodeAddress(IPAddress.Loopback, 0),
            Certificate = _certificate,
        };
        _node = await RunningNode.StartAsync(_start);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _identity.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Swarm_StrangerSendsWhatIsNoDatagram_CountsIt()
    {
        using var stranger = new UdpClient();
        var ping = Convert.FromHexString("00" + new string('7', 40) + "92A470696E6791C414" + new string('5', 40));
        stranger.Client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        stranger.Send([99, 1], _node.Udp.ToIPEndPoint());
        stranger.Send([0, 1], _node.Udp.ToIPEndPoint());
        stranger.Send(ping, _node.Udp.ToIPEndPoint());
        await stranger.ReceiveAsync(TestContext.Current.CancellationToken);

        var swarm = await NodeBackend.Create(_node, _start).Swarm(TestContext.Current.CancellationToken);

        Assert.Equal(_identity.Id.ToString(), swarm.NodeId);
        Assert.Equal((1L, 1L), (swarm.Refused["malformed"], swarm.Refused["of another protocol"]));
        Assert.Equal(1, Assert.Single(swarm.Requests, request => request.Method == "ping").Served);
        Assert.Empty(swarm.Buckets);
    }

    [Fact]
    public async Task KeepAsync_KademliaDoesNotAnswer_GoesOnAndLeavesTheFiles()
    {
        Assert.True(await _node.Actors.Kademlia.GracefulStop(TimeSpan.FromSeconds(20)));

        await new SavedSwarm(_data).KeepAsync(_node, NullLogger.Instance, new CancellationToken(canceled: true));

        Assert.False(File.Exists(_data.Peers) || File.Exists(_data.Records));
    }

    [Fact]
    public async Task KeepAsync_WhatTheNodeHolds_IsReadAgain()
    {
        using var stranger = Identity.Random(new OperatingSystemRandom());
        var held = new HeldRecord(RecordOf(stranger), new NodeAddress(IPAddress.Loopback, 9));
        _node.Actors.Kademlia.Tell(new RestoreRecords([held]));

        await new SavedSwarm(_data).KeepAsync(_node, NullLogger.Instance, new CancellationToken(canceled: true));

        var read = Assert.Single(new SavedSwarm(_data).ReadRecords());
        Assert.Equal((held.Record.Key, held.Source), (read.Record.Key, read.Source));
    }

    [Fact]
    public async Task ReadRecords_NoFileOrADamagedOne_IsEmpty()
    {
        Assert.Empty(new SavedSwarm(_data).ReadRecords());
        await File.WriteAllTextAsync(_data.Records, "no list");

        Assert.Empty(new SavedSwarm(_data).ReadRecords());
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

    [Fact]
    public async Task StoreRecord_OfTheNodeItself_IsRefused()
    {
        var record = RecordOf(_identity);

        Assert.Equal(
            ServiceStatus.Refused,
            await NodeBackend.Create(_node, _start).StoreRecord(record.Key.ToBytes(), record.Bytes));
    }

    [Fact]
    public async Task StoreRecord_UnderAnotherKey_IsRefused()
    {
        using var stranger = Identity.Random(new OperatingSystemRandom());
        var (record, other) = (RecordOf(stranger), new byte[NodeId.Size]);

        Assert.Equal(ServiceStatus.Refused, await NodeBackend.Create(_node, _start).StoreRecord(other, record.Bytes));
    }

    [Fact]
    public async Task StoreRecord_WithAChangedSignature_IsMalformed()
    {
        using var stranger = Identity.Random(new OperatingSystemRandom());
        var record = RecordOf(stranger);
        var changed = record.Bytes.ToArray();
        changed[^1] ^= 1;

        Assert.Equal(
            ServiceStatus.Malformed,
            await NodeBackend.Create(_node, _start).StoreRecord(record.Key.ToBytes(), changed));
    }

    [Fact]
    public async Task Serve_WhatIsNoRequest_IsRefusedThoughUrsulaIsStopped()
    {
        await _node.Actors.Ursula!.GracefulStop(TimeSpan.FromSeconds(20));

        var reply = await NodeBackend.Create(_node, _start).Serve(
            new ServiceRequest(ServiceKind.Renew, new byte[300]), CancellationToken.None);

        Assert.Equal(ServiceStatus.Malformed, reply.Status);
    }

    [Fact]
    public async Task JoinedAsync_NobodyToJoin_SaysThatAndNoAddress()
    {
        var failure = await Assert.ThrowsAsync<CommandException>(
            () => _node.JoinedAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None));

        Assert.Equal("there is nobody to join", failure.Message);
    }

    private static SignedRecord RecordOf(Identity identity) => new NodeRecord(
        identity.VerifyingKey, identity.EncryptingKey, NodeCapabilities.Dht, new NodeAddress(
            IPAddress.Loopback, 9), "", 0, default)
        .ToRecord(identity.Signer, 1, DateTimeOffset.UtcNow.AddHours(1), new OperatingSystemRandom());
}
