using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>Somebody with several identities who stores more records at one node, all of them validly signed, than a node keeps from anybody.</summary>
internal sealed class Flooder
{
    private const int Publishers = 3;
    private const int Excess = 10;
    private const int TopicSize = 16;
    private const string WithinQuota = "a node keeps no more records of a publisher or a source than its quotas";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private readonly RunContext _run;
    private readonly SimulatedHost _host;
    private readonly SimulatedNode _victim;
    private readonly Random _random;
    private readonly RandomSource _secrets;
    private readonly NodeId _self;
    private readonly Identity[] _publishers;
    private readonly int[] _kept = new int[Publishers];
    private readonly Dictionary<NodeId, int> _open = [];
    private int _start;

    public Flooder(RunContext run, SimulatedMachine machine)
    {
        var seed = machine.ProcessSeed.Derive("flooder");
        (_run, _host, _random, _secrets) = (run, machine.Host, seed.NewRandom(), seed.Derive("secrets").NewRandomSource());
        _self = NodeId.Random(_random);
        _victim = run.Nodes[_random.Next(run.Nodes.Count)];
        _publishers = [.. Enumerable.Range(0, Publishers).Select(_ => Identity.Random(_secrets))];
        _host.Receiver = (_, datagram) => Answered(datagram.Span);
    }

    private KademliaOptions Limits => _run.Scenario.Kademlia;

    public async Task RunAsync()
    {
        var share = Limits.MaxRecordsPerPublisher + Excess;
        for (var sent = 0; sent < Publishers * share && _run.Elapsed < _run.LoadEnd; sent++)
        {
            Store(sent / share);
            await _run.Inquirer.Delay(Interval);
        }
    }

    private void Store(int publisher)
    {
        var identity = _publishers[publisher];
        var topic = new byte[TopicSize];
        _random.NextBytes(topic);
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, identity.VerifyingKey.ToBytes(), topic, 1, _run.World.Time.GetUtcNow() + Life, topic,
            RecordSignatures.By(identity.Signer, _secrets));
        var id = NodeId.Random(_random);
        _open[id] = publisher;
        _host.Send(_victim.Machine.Host.Address, RpcDatagram.Store(id.ToBytes(), _self, record.Key, record.Bytes.Span));
    }

    /// <summary>A node that started anew has forgotten what it kept.</summary>
    private void Answered(ReadOnlySpan<byte> datagram)
    {
        if (!RpcDatagram.TryReadMessageId(datagram, out var id) || !_open.Remove(id, out var publisher))
            return;
        if (_start != _victim.Machine.Starts)
            Array.Clear(_kept);
        _start = _victim.Machine.Starts;
        var isKept = RpcDatagram.IsYes(datagram);
        _run.Tally.Add(isKept ? "records of flooders kept" : "records of flooders refused");
        if (isKept && (++_kept[publisher] > Limits.MaxRecordsPerPublisher || _kept.Sum() > Limits.MaxRecordsPerSource))
            _run.Report(WithinQuota, $"node {_victim.Machine.Index}: {_kept[publisher]} of one publisher, {_kept.Sum()} of one source");
    }
}
