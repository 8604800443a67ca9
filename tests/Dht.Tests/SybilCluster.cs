namespace NuCypher.P2P.Dht.Tests;

/// <summary>
/// Ids that nobody signs for, right next to a key or everywhere: they answer everything at once, name each other, and
/// say that they store.
/// </summary>
internal sealed class SybilCluster
{
    private const int ToldAtOnce = 8;

    private readonly TestNetwork _network;
    private readonly Dictionary<NodeAddress, RpcWriter> _writers = [];
    private readonly HashSet<NodeAddress> _stored = [];
    private readonly Contact[] _contacts;
    private readonly Func<NodeId, byte[]?> _replays; // what they say is under a key; null to know nothing

    private SybilCluster(TestNetwork network, Func<NodeId, byte[]?>? replays, IEnumerable<Contact> contacts)
    {
        (_network, _replays, _contacts) = (network, replays ?? (_ => null), [.. contacts]);
        foreach (var contact in _contacts)
            _writers[contact.Address] = new RpcWriter(contact.Id, false);
        network.Filter = (from, to, datagram) => _writers.ContainsKey(from) || !TryAnswer(from, to, datagram);
    }

    /// <summary>Ids next to a key, each on a subnet of its own or all on two.</summary>
    public static SybilCluster Near(
        TestNetwork network, NodeId key, int count, bool hasOwnSubnets, byte[]? replays = null) =>
        new(network, _ => replays, Enumerable.Range(1, count).Select(number =>
        {
            var id = key.ToBytes();
            id[^1] ^= (byte)number;
            var subnet = hasOwnSubnets ? number : number % 2;
            return At(NodeId.TryRead(id, out var ground) ? ground : default, subnet, number);
        }));

    /// <summary>Ids spread over the whole network, each on a subnet of its own.</summary>
    public static SybilCluster Everywhere(TestNetwork network, int count, Func<NodeId, byte[]?>? replays = null) =>
        new(network, replays, Enumerable.Range(1, count)
            .Select(number => At(NodeId.Random(network.Random), number, 1)));

    /// <summary>At how many of them something was stored; a request that is repeated is none more.</summary>
    public int Stores => _stored.Count;

    /// <summary>Makes itself known to everybody.</summary>
    public void Infiltrate()
    {
        foreach (var some in _contacts.Chunk(ToldAtOnce))
        {
            foreach (var (contact, node) in from contact in some from node in _network.Nodes select (contact, node))
                _network.Forge(contact.Address, node.Address, _writers[contact.Address].Request(
                    MessageId.Random(_network.Random), RpcMethod.Ping));
            _network.Pass(TimeSpan.FromSeconds(1));
        }
    }

    private static Contact At(NodeId id, int subnet, int host) =>
        new(id, new NodeAddress([10, (byte)(200 + (subnet >> 8)), (byte)subnet, (byte)host], 4000));

    private bool TryAnswer(NodeAddress from, NodeAddress to, ReadOnlyMemory<byte> datagram)
    {
        if (!_writers.TryGetValue(to, out var writer) || !RpcHeader.TryRead(
            datagram, out var kind, out var id, out var body))
            return false;
        if (kind == RpcHeader.Request && RpcRequest.TryRead(body, out var request))
            _network.Forge(to, from, Answer(to, writer, id, request));
        return true;
    }

    private Contact[] NearestTo(NodeId key) => [.. _contacts.Order(new ByDistance(key)).Take(20)];

    private byte[] Answer(NodeAddress self, RpcWriter writer, MessageId id, in RpcRequest request)
    {
        if (request.Method == RpcMethod.Store)
            _stored.Add(self);
        return request.Method switch
        {
            RpcMethod.Ping => writer.Pong(id),
            RpcMethod.Store => writer.Stored(id, true),
            RpcMethod.FindValue when _replays(request.Key) is { } old => writer.Value(id, old),
            _ => writer.Nodes(id, NearestTo(request.Key), 1232),
        };
    }
}
