using BenchmarkDotNet.Attributes;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Benchmarks.Dht;

/// <summary>What a lookup costs all nodes of a network together, without sockets and signatures.</summary>
[MemoryDiagnoser]
public class LookupBenchmarks
{
    private readonly Random _random = new(1);
    private InstantNetwork _network = null!;
    private NodeId[] _keys = [];

    [Params(50, 200, 1000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _network = new InstantNetwork(Nodes, seed: 1);
        _keys = [.. Enumerable.Range(0, 100).Select(Publish)];
    }

    [Benchmark]
    public object GetFirst() =>
        _network.Run(
            _random.Next(Nodes),
            (core, now, id) => core.GetRecord(now, id, _keys[_random.Next(_keys.Length)], quorum: 1));

    [Benchmark]
    public object GetOfThree() =>
        _network.Run(
            _random.Next(Nodes), (core, now, id) => core.GetRecord(now, id, _keys[_random.Next(_keys.Length)]));

    [Benchmark]
    public object FindClosest() =>
        _network.Run(_random.Next(Nodes), (core, now, id) => core.FindClosest(now, id, NodeId.Random(_random)));

    [Benchmark]
    public object Publish() => Publish(_random.Next(100));

    private NodeId Publish(int number)
    {
        var record = InstantNetwork.Record(number, _network.Now);
        _network.Run(_random.Next(Nodes), (core, now, id) => core.PublishRecord(now, id, record));
        return record.Key;
    }
}
