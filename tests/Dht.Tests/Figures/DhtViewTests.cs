using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests.Figures;

/// <summary>What an operator is told is what was done.</summary>
public sealed class DhtViewTests
{
    private readonly TestNetwork _network = new(31);

    [Fact]
    public void View_AfterAGet_CountsTheRequestsTheLookupAndItsHops()
    {
        _network.Grow(150);
        var record = DigestSigner.Record(DigestSigner.Publisher(1), _network.Now.AddDays(1));
        _network.Run(_network.Nodes[1], (core, now, id) => core.PublishRecord(now, id, record));
        var asker = _network.Nodes.Last(node => !node.Core.Holds(_network.Now, record.Key));
        var (before, start) = (asker.Core.View, _network.Now);
        var served = Served("find_value");

        _network.Run(asker, (core, now, id) => core.GetRecord(now, id, record.Key));

        var view = asker.Core.View;
        var lookup = view.Recent[0];
        Assert.Equal((record.Key, LookupKind.Value, start), (lookup.Target, lookup.Kind, lookup.StartedAt));
        Assert.True(lookup.Took > TimeSpan.Zero);
        Assert.InRange(lookup.Values, 1, lookup.Answers);
        Assert.InRange(lookup.Answers, 1, lookup.Requests);
        Assert.InRange(lookup.Hops, 1, 5);
        var (was, then) = (Of(before, LookupKind.Value), Of(view, LookupKind.Value));
        Assert.Equal(
            (1, lookup.Requests, lookup.Hops),
            (then.Ended - was.Ended, then.Requests - was.Requests, then.Hops - was.Hops));
        Assert.InRange(Served("find_value") - served, lookup.Answers, lookup.Requests);
        Assert.InRange(
            Of(view, "find_value").Answered - Of(before, "find_value").Answered, lookup.Answers, lookup.Requests);
    }

    [Fact]
    public void View_OthersDie_CountsTheSilentAndDoubtsThemInTheTable()
    {
        _network.Grow(30);
        var node = _network.Nodes[0];
        var before = node.Core.View;
        foreach (var other in _network.Nodes.Skip(1).Take(10))
            other.IsDead = true;

        _network.Run(node, (core, now, id) => core.FindClosest(now, id, NodeId.Random(_network.Random)));
        _network.Pass(TimeSpan.FromSeconds(1));
        var view = node.Core.View;

        Assert.Equal(0, before.Table.Sum(bucket => bucket.Doubted));
        Assert.Equal(before.Statistics.Contacts, before.Table.Sum(bucket => bucket.Healthy));
        Assert.Equal(view.Statistics.Contacts, view.Table.Sum(bucket => bucket.Healthy + bucket.Doubted));
        Assert.InRange(view.Table.Sum(bucket => bucket.Doubted), 1, 10);
        Assert.True(Of(view, "find_node").Silent > Of(before, "find_node").Silent);
        Assert.Equal(view.Table.Select(bucket => bucket.SharedBits).Order(), view.Table.Select(b => b.SharedBits));
    }

    [Fact]
    public void View_WhatIsRefused_IsCountedByReason()
    {
        _network.Grow(2);
        var node = _network.Nodes[0];
        var before = node.Core.View.Refusals;
        var peer = new Peer(node.Core, NodeId.Random(_network.Random), TestNetwork.AddressOf(500));
        var response = new RpcWriter(peer.Id, false).Pong(MessageId.Random(_network.Random));

        _network.Inject(peer.Address, node, [0, 1, 2]);
        _network.Inject(peer.Address, node, response);
        peer.Request(
            _network.Now, RpcMethod.Store, NodeId.Random(_network.Random), PlainValue.FromBytes([1]).Encoded.Span);
        for (var i = 0; i < 401; i++) // two more than may be saved up, with the one before
            peer.Request(_network.Now, RpcMethod.Ping);

        var refusals = node.Core.View.Refusals;
        Assert.Equal(
            new RefusalCounts(1, 1, 2, 1),
            new RefusalCounts(
                refusals.Malformed - before.Malformed, refusals.Unawaited - before.Unawaited,
                refusals.RateLimited - before.RateLimited, refusals.Stores - before.Stores));
    }

    [Theory, InlineData(0), InlineData(3)]
    public void View_ManyLookups_RemembersTheLatestOnly(int remembered)
    {
        var network = new TestNetwork(5, new KademliaOptions { RememberedLookups = remembered });
        network.Grow(10);
        var keys = Enumerable.Range(0, 5).Select(_ => NodeId.Random(network.Random)).ToList();

        foreach (var key in keys)
            network.Run(network.Nodes[0], (core, now, id) => core.FindClosest(now, id, key));

        keys.Reverse();
        Assert.Equal(keys.Take(remembered), network.Nodes[0].Core.View.Recent.Select(lookup => lookup.Target));
    }

    private static MethodCount Of(DhtView view, string method) =>
        Assert.Single(view.Methods, count => count.Method == method);

    private static LookupCount Of(DhtView view, LookupKind kind) =>
        Assert.Single(view.Lookups, count => count.Kind == kind);

    private long Served(string method) => _network.Nodes.Sum(node => Of(node.Core.View, method).Served);
}
