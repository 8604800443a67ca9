using BenchmarkDotNet.Attributes;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Benchmarks.Dht;

/// <summary>What it costs one node to take a request and make its answer.</summary>
[MemoryDiagnoser]
public class DatagramBenchmarks
{
    private static readonly NodeAddress From = InstantNetwork.AddressOf(0);

    private readonly Dictionary<string, byte[]> _requests = [];
    private KademliaNode _node = null!;
    private DateTimeOffset _now;

    [GlobalSetup]
    public void Setup()
    {
        var network = new InstantNetwork(200, seed: 1);
        var record = InstantNetwork.Record(1, network.Now);
        network.Run(1, (core, now, id) => core.PublishRecord(now, id, record));
        var holder = Enumerable.Range(1, 199).First(index => network[index].Holds(network.Now, record.Key));
        (_node, _now) = (network[holder], network.Now);
        var sender = network[0].Self.ToBytes();
        _requests["ping"] = Request("ping"u8, 0x91, sender);
        _requests["find_node"] = Request("find_node"u8, 0x92, sender, NodeId.FromPlainKey("any"u8).ToBytes());
        _requests["find_value"] = Request("find_value"u8, 0x92, sender, record.Key.ToBytes());
        _requests["junk"] = new byte[100];
    }

    [Params("ping", "find_node", "find_value", "junk")]
    public string Datagram { get; set; } = "ping";

    [Benchmark]
    public object Receive() => _node.Receive(_now, From, _requests[Datagram]);

    private static byte[] Request(ReadOnlySpan<byte> method, byte arguments, params byte[][] ids) =>
        [0, .. new byte[20], 0x92, (byte)(0xA0 | method.Length), .. method, arguments, .. ids.SelectMany(
            id => (byte[])[0xC4, 20, .. id])];
}
