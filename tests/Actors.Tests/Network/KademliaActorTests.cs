using System.Diagnostics;
using System.Net;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Network;

/// <summary>Nodes on real sockets of the loopback interface.</summary>
public sealed class KademliaActorTests : IAsyncLifetime
{
    private const int NodeCount = 20;

    private readonly ActorSystem _system = ActorSystem.Create("swarm");
    private readonly OperatingSystemRandom _random = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task Join_TwentyNodesAtOnce_KnowEachOtherInTenSeconds()
    {
        var nodes = await StartAsync(NodeCount);
        var clock = Stopwatch.StartNew();

        await JoinAsync(nodes);
        await MeetAsync(nodes, (int)(0.95 * (NodeCount - 1)), clock);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    [Trait("Row", "NW-05")]
    public async Task PublishRecord_TwentyNodes_IsAcknowledgedAndFoundByAll()
    {
        var nodes = await StartAsync(NodeCount);
        await JoinAsync(nodes);
        var record = Record(1);

        var stored = Assert.IsType<Stored>(await nodes[1].AskAsync(new PublishRecord(7, record)));
        var found = await Task.WhenAll(nodes.Select(node => node.AskAsync(new GetRecord(8, record.Key))));

        Assert.True(stored.Acknowledged >= 3);
        Assert.All(found, outcome => Assert.Equal(
            record.Bytes.ToArray(), Assert.IsType<RecordFound>(outcome).Record.Bytes.ToArray()));
    }

    [Fact]
    public async Task SetValue_NodesThatAcceptPlain_IsFoundByAnother()
    {
        var nodes = await StartAsync(8, new KademliaOptions { AcceptPlain = true });
        await JoinAsync(nodes);
        var key = NodeId.FromPlainKey("greeting"u8);

        await nodes[1].AskAsync(new SetValue(1, key, PlainValue.FromText("hello")));
        var found = await nodes[2].AskAsync(new GetValue(2, key));

        Assert.Equal("hello", Assert.IsType<ValueFound>(found).Value.ToString());
    }

    [Theory, InlineData(1)]
    [Trait("Row", "NW-02")]
    public async Task GetRecord_LossDuplicatesAndReordering_SucceedsIn99Percent(int seed)
    {
        const int Gets = 200;
        var nodes = await StartAsync(NodeCount, relaySeed: seed);
        await JoinAsync(nodes);
        var records = Enumerable.Range(1, 10).Select(i => Record((ulong)i)).ToArray();
        await Task.WhenAll(records.Select((record, i) => nodes[i].AskAsync(new PublishRecord(i, record))));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Gets).Select(
            i => nodes[i % NodeCount].AskAsync(new GetRecord(i, records[i % records.Length].Key))));

        var found = outcomes.Count(outcome => outcome is RecordFound);
        Assert.True(
            found >= 0.99 * Gets,
            $"seed {seed}: {found} of {Gets}; {string.Join(", ", outcomes.Where(o => o is not RecordFound).Take(5))}");
    }

    [Fact]
    [Trait("Row", "NW-03")]
    public async Task Join_DeadSeedAndSavedPeers_FindsTheNetworkWithoutTheSeed()
    {
        var nodes = await StartAsync(6);
        await JoinAsync(nodes);
        // of six that join at once the first to be in may know the seed alone
        await MeetAsync(nodes, 5, Stopwatch.StartNew());
        var saved = PeerList.ToBytes((await nodes[3].PeersAsync()).Contacts);
        await nodes[0].AskAsync(new Leave(1));

        var newcomer = await UdpNode.StartAsync(_system, NodeId.Random(new UnpredictableRandom()));
        Assert.True(PeerList.TryRead(saved, out var contacts));
        var joined = await newcomer.AskAsync(
            new Join(2, [.. contacts.Select(contact => contact.Address), nodes[0].Address]));

        Assert.IsType<Joined>(joined);
        await MeetAsync([newcomer], 4, Stopwatch.StartNew());
    }

    [Fact]
    public async Task PingAddress_NobodyThere_EndsWithNoAnswer()
    {
        var node = await UdpNode.StartAsync(
            _system, NodeId.Random(new UnpredictableRandom()),
            new KademliaOptions { InitialTimeout = TimeSpan.FromMilliseconds(100) });

        var outcome = await node.AskAsync(new PingAddress(1, new NodeAddress(IPAddress.Loopback, 9)));

        Assert.Equal(new OperationFailed(DhtFailure.NoAnswer), outcome);
    }

    [Fact]
    public async Task PingAddress_AnotherNode_AnswersWithItsId()
    {
        var nodes = await StartAsync(2);

        var pong = Assert.IsType<Pong>(await nodes[0].AskAsync(new PingAddress(1, nodes[1].Address)));

        Assert.Equal(new Contact(nodes[1].Id, nodes[1].Address), pong.Contact);
    }

    private static async Task MeetAsync(UdpNode[] nodes, int count, Stopwatch clock)
    {
        while (!await AllKnow(nodes, count))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), "nodes did not find each other");
    }

    private static async Task<bool> AllKnow(UdpNode[] nodes, int count)
    {
        var peers = await Task.WhenAll(nodes.Select(node => node.PeersAsync()));
        return peers.All(known => known.Contacts.Count >= count);
    }

    private static async Task JoinAsync(UdpNode[] nodes)
    {
        var joined = await Task.WhenAll(nodes.Skip(1).Select(node => JoinAsync(node, nodes[0].Address)));
        Assert.All(joined, outcome => Assert.IsType<Joined>(outcome));
    }

    /// <summary>Joins; tries again where datagrams get lost, as a node's host does.</summary>
    private static async Task<DhtOutcome> JoinAsync(UdpNode node, NodeAddress seed)
    {
        var outcome = await node.JoinAsync(seed);
        for (var tries = 1; outcome is not Joined && tries < 3; tries++)
            outcome = await node.JoinAsync(seed);
        return outcome;
    }

    private Task<UdpNode[]> StartAsync(int count, KademliaOptions? options = null, int? relaySeed = null) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => UdpNode.StartAsync(
            _system, NodeId.Random(new UnpredictableRandom()), options, relaySeed is { } seed
                ? Relay(seed + i)
                : null)));

    private static Func<IActorRef, Props> Relay(int seed) =>
        transport => ActorProps.Of(() => new LossyRelayActor(transport, seed, loss: 0.2));

    private VerifiedRecord Record(ulong sequence)
    {
        using var signer = Signer.Random(_random);
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, signer.VerifyingKey.ToBytes(), new byte[16], sequence,
            DateTimeOffset.UtcNow.AddDays(1), new byte[500],
            RecordSignatures.By(signer, _random));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        return verified;
    }
}
