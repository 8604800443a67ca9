using System.Net;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Benchmarks.Dht;

/// <summary>Nodes whose datagrams arrive at once, so that only the nodes' own work is measured.</summary>
internal sealed class InstantNetwork
{
    private static readonly KademliaOptions Unlimited =
        new() { RequestRate = int.MaxValue, RequestBurst = int.MaxValue };

    private readonly Dictionary<NodeAddress, KademliaNode> _nodes = [];
    private readonly Queue<(NodeAddress From, Send Send)> _underWay = new();
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private DhtOutcome? _outcome;
    private long _operations;

    public InstantNetwork(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var node = new KademliaNode(NodeId.Random(random), Unlimited, (_, _, _) => true, new Random(random.Next()));
            _nodes[AddressOf(i)] = node;
            if (i > 0)
                Run(i, (core, now, id) => core.Bootstrap(now, id, [AddressOf(random.Next(i))]));
        }
    }

    public DateTimeOffset Now => _now;

    public long Datagrams { get; private set; }

    public KademliaNode this[int index] => _nodes[AddressOf(index)];

    public static NodeAddress AddressOf(int index) =>
        new(new IPAddress([10, (byte)(index >> 8), (byte)(index & 255), 1]), 4000);

    public static VerifiedRecord Record(int number, DateTimeOffset now)
    {
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, new byte[33], BitConverter.GetBytes(number), 1, now.AddDays(1), new byte[700],
            _ => new byte[64]);
        return record.TryVerify((_, _, _) => true, out var verified) ? verified : throw new InvalidOperationException();
    }

    public DhtOutcome Run(
        int index, Func<KademliaNode, DateTimeOffset, OperationId, IReadOnlyList<DhtEffect>> operation)
    {
        _now += TimeSpan.FromMicroseconds(100);
        _outcome = null;
        CarryOut(AddressOf(index), operation(this[index], _now, new OperationId(++_operations)));
        while (_underWay.TryDequeue(out var next))
            CarryOut(next.Send.To, _nodes[next.Send.To].Receive(_now, next.From, next.Send.Datagram));
        return _outcome ?? throw new InvalidOperationException("the operation did not end");
    }

    private void CarryOut(NodeAddress at, IReadOnlyList<DhtEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is Send send)
            {
                Datagrams++;
                _underWay.Enqueue((at, send));
            }
            else if (effect is OperationFinished finished)
            {
                _outcome = finished.Outcome;
            }
        }
    }
}
