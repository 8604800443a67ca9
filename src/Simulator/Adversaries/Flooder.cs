using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Somebody with several identities who stores more records at one node, all of them validly signed, than a node keeps
/// from anybody.
/// </summary>
internal sealed class Flooder
{
    private const int Publishers = 3;
    private const int Excess = 10;
    private const int TopicSize = 16;
    private const string WithinQuota = "a node keeps no more records of a publisher or a source than its quotas";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private readonly RunContext _run;
    private readonly SimulatedHost _host;
    private readonly SimulatedNode _victim;
    private readonly Random _random;
    private readonly RandomSource _secrets;
    private readonly NodeId _self;
    private readonly Identity[] _publishers;
    private readonly HashSet<NodeId> _open = [];

    public Flooder(RunContext run, SimulatedMachine machine)
    {
        var seed = machine.ProcessSeed.Derive("flooder");
        (_run, _host, _random, _secrets) =
            (run, machine.Host, seed.NewRandom(), seed.Derive("secrets").NewRandomSource());
        _self = NodeId.Random(_random);
        _victim = run.Nodes[_random.Next(run.Nodes.Count)];
        _publishers = [.. Enumerable.Range(0, Publishers).Select(_ => Identity.Random(_secrets))];
        _host.Receiver = (from, datagram) => Received(from, datagram.Span);
    }

    private KademliaOptions Limits => _run.Scenario.Kademlia;

    public async Task RunAsync()
    {
        // The nearest stay: of one publisher so many that the others' can't take the places of what is beyond
        // his quota.
        var most = Limits.MaxRecordsPerSource + Excess;
        var all = most + ((Publishers - 1) * (Limits.MaxRecordsPerPublisher + Excess));
        for (var sent = 0; sent < all && _run.Elapsed < _run.LoadEnd; sent++)
        {
            Store(sent < most ? 0 : 1 + ((sent - most) % (Publishers - 1)));
            await _run.Inquirer.Delay(Interval);
        }
        await CheckAsync();
    }

    private void Store(int publisher)
    {
        var identity = _publishers[publisher];
        var topic = new byte[TopicSize];
        _random.NextBytes(topic);
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, identity.VerifyingKey.ToBytes(), topic, 1, _run.World.Time.GetUtcNow() + Life,
            topic,
            RecordSignatures.By(identity.Signer, _secrets));
        var id = NodeId.Random(_random);
        _open.Add(id);
        _host.Send(_victim.Machine.Host.Address, RpcDatagram.Store(id.ToBytes(), _self, record.Key, record.Bytes.Span));
    }

    /// <summary>Answers pings, so that what it stores counts.</summary>
    private void Received(NodeAddress from, ReadOnlySpan<byte> datagram)
    {
        if (RpcDatagram.IsRequest(datagram, "ping"))
            _host.Send(from, RpcDatagram.Pong(datagram, _self));
        else if (RpcDatagram.TryReadMessageId(datagram, out var id) && _open.Remove(id))
            _run.Tally.Add(RpcDatagram.IsYes(datagram) ? "records of flooders kept" : "records of flooders refused");
    }

    /// <summary>Counts what the node holds: a nearer record takes the place of a farther one.</summary>
    private async Task CheckAsync()
    {
        if (_victim.Kademlia is not { } kademlia
            || await _run.Inquirer.Ask<HeldRecords>(kademlia, new GetHeldRecords(), Patience) is not { } held)
            return;
        var mine = held.Records.Where(record => record.Source.Address.Equals(_host.Address.Address)).ToArray();
        var most = _publishers.Max(publisher => mine.Count(record => IsOf(record, publisher)));
        if (most > Limits.MaxRecordsPerPublisher || mine.Length > Limits.MaxRecordsPerSource)
            _run.Report(
                WithinQuota, $"node {_victim.Machine.Index}: {most} of one publisher, {mine.Length} of one source");
    }

    private static bool IsOf(HeldRecord held, Identity publisher) =>
        held.Record.PublisherKey.Span.SequenceEqual(publisher.VerifyingKey.ToBytes());
}
