using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Interop.Tests.Kademlia;

/// <summary>C# nodes and an independent Python peer in one swarm.</summary>
public sealed class PythonPeerTests : IAsyncLifetime
{
    private static readonly KademliaOptions Plain = new() { AcceptPlain = true };

    private readonly ActorSystem _system = ActorSystem.Create("interop");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [PythonFact]
    public async Task Bootstrap_PythonPeer_KnowsTheSwarmAndIsKnown()
    {
        var nodes = await SwarmNode.StartSwarmAsync(_system, 5, Plain);
        using var peer = await PythonPeer.StartAsync();

        Assert.True(await peer.BootstrapAsync(nodes[0].Address));

        Assert.Equal(nodes.Select(node => node.Id.ToString()).Order(), (await peer.KnownAsync()).Order());
        foreach (var node in nodes)
            Assert.Contains(new Contact(peer.Id, peer.Address), (await node.PeersAsync()).Contacts);
        Assert.Empty(await peer.ErrorsAsync());
    }

    [PythonFact]
    public async Task Bootstrap_SwarmWithLongAnswers_TellsAnUnprovenPythonPeerEverybody()
    {
        var nodes = await SwarmNode.StartSwarmAsync(_system, 18, Plain);
        using var peer = await PythonPeer.StartAsync();

        Assert.True(await peer.BootstrapAsync(nodes[0].Address));

        Assert.Equal(nodes.Select(node => node.Id.ToString()).Order(), (await peer.KnownAsync()).Order());
        Assert.Empty(await peer.ErrorsAsync());
    }

    [PythonFact]
    public async Task SetAndGet_BothWays_GivesTheSameValueOfEveryType()
    {
        var nodes = await SwarmNode.StartSwarmAsync(_system, 5, Plain);
        using var peer = await PythonPeer.StartAsync();
        await peer.BootstrapAsync(nodes[0].Address);
        (object Python, PlainValue Value)[] values =
        [
            ("żółw", PlainValue.FromText("żółw")), (PythonPeer.Bytes([0, 255]), PlainValue.FromBytes([0, 255])),
            (-70000, PlainValue.FromInteger(-70000)), (3.25, PlainValue.FromFloat(3.25)),
            (false, PlainValue.FromBoolean(false)),
        ];

        foreach (var (python, value) in values)
        {
            var (theirs, ours) = (NodeId.Random(new UnpredictableRandom()), NodeId.Random(new UnpredictableRandom()));
            var replies = await peer.SetAsync(theirs, python);
            var found = await nodes[3].AskAsync(new GetValue(1, theirs));
            Assert.All(replies, reply => Assert.True((bool)reply!));
            Assert.Equal(value, Assert.IsType<ValueFound>(found).Value);

            Assert.IsType<Stored>(await nodes[4].AskAsync(new SetValue(2, ours, value)));
            var got = await peer.GetAsync(ours);
            Assert.Equal(System.Text.Json.JsonSerializer.SerializeToNode(python)!.ToJsonString(), got!.ToJsonString());
        }
        Assert.Empty(await peer.ErrorsAsync());
    }

    [PythonFact]
    public async Task PublishRecord_PythonPeerAsTheOnlyHolder_CarriesItUnchanged()
    {
        using var peer = await PythonPeer.StartAsync();
        var publisher = await SwarmNode.StartAsync(_system, new KademliaOptions { ClientMode = true });
        await publisher.AskAsync(new Join(1, [peer.Address]));
        var record = Record();

        Assert.Equal(new Stored(1, 1), await publisher.AskAsync(new PublishRecord(2, record)));
        var reader = await SwarmNode.StartAsync(_system, new KademliaOptions());
        await reader.AskAsync(new Join(3, [peer.Address]));
        var found = await reader.AskAsync(new GetRecord(4, record.Key));

        Assert.Equal(record.Bytes.ToArray(), Assert.IsType<RecordFound>(found).Record.Bytes.ToArray());
        Assert.Equal(Convert.ToHexStringLower(record.Bytes.Span), (string)(await peer.HeldAsync(record.Key))!["hex"]!);
        Assert.Empty(await peer.ErrorsAsync());
    }

    [PythonFact]
    public async Task Store_PlainValueNotAccepted_IsAnsweredWithFalse()
    {
        var nodes = await SwarmNode.StartSwarmAsync(_system, 2, new KademliaOptions());
        using var peer = await PythonPeer.StartAsync();
        await peer.BootstrapAsync(nodes[0].Address);

        var replies = await peer.SetAsync(NodeId.Random(new UnpredictableRandom()), "refused");

        Assert.Equal(2, replies.Count);
        Assert.All(replies, reply => Assert.False((bool)reply!));
    }

    [PythonFact]
    public async Task Stun_ClientNode_TellsThePeerItsAddressDespiteTheTrailer()
    {
        var client = await SwarmNode.StartAsync(_system, new KademliaOptions { ClientMode = true });
        using var peer = await PythonPeer.StartAsync();

        var stun = await peer.CallAsync(client.Address, "stun");
        var ping = await peer.CallAsync(client.Address, "ping", PythonPeer.Bytes(peer.Id.ToBytes()));

        Assert.Equal(peer.Address.Port, (ushort)stun["result"]![1]!);
        Assert.Equal(client.Id.ToString(), (string)ping["result"]!["hex"]!);
        Assert.Empty(await peer.ErrorsAsync());
    }

    [PythonFact]
    public async Task Kill_PythonPeer_LeavesASwarmThatStillFinds()
    {
        var nodes = await SwarmNode.StartSwarmAsync(_system, 4, new KademliaOptions());
        using (var peer = await PythonPeer.StartAsync())
            await peer.BootstrapAsync(nodes[0].Address);
        var record = Record();

        var stored = await nodes[1].AskAsync(new PublishRecord(1, record));
        var found = await nodes[2].AskAsync(new GetRecord(2, record.Key));

        Assert.Equal(3, Assert.IsType<Stored>(stored).Acknowledged);
        Assert.IsType<RecordFound>(found);
    }

    private static VerifiedRecord Record()
    {
        var random = new OperatingSystemRandom();
        using var signer = Signer.Random(random);
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, signer.VerifyingKey.ToBytes(), new byte[16], 1, DateTimeOffset.UtcNow.AddDays(1),
            new byte[SignedRecord.MaxBodySize(RecordKind.TreasureMap, 16)], RecordSignatures.By(signer, random));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        return verified;
    }
}
