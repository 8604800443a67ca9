namespace NuCypher.P2P.Dht.Tests;

/// <summary>
/// Ids right next to a key that nobody signs for: they answer everything at once, name each other, and say that they
/// store.
/// </summary>
internal sealed class SybilCluster
{
    private readonly TestNetwork _network;
    private readonly Dictionary<NodeAddress, RpcWriter> _writers = [];
    private readonly Contact[] _contacts;

    public SybilCluster(TestNetwork network, NodeId key, int count, bool hasOwnSubnets)
    {
        _network = network;
        var bytes = key.ToBytes();
        _contacts = [.. Enumerable.Range(1, count).Select(number =>
        {
            var id = (byte[])bytes.Clone();
            id[^1] ^= (byte)number;
            var subnet = hasOwnSubnets ? number : number % 2;
            return new Contact(
                NodeId.TryRead(id, out var ground)
                    ? ground
                    : default, new NodeAddress([10, 200, (byte)subnet, (byte)number], 4000));
        })];
        foreach (var contact in _contacts)
            _writers[contact.Address] = new RpcWriter(contact.Id, false);
        network.Filter = (from, to, datagram) => _writers.ContainsKey(from) || !TryAnswer(from, to, datagram);
    }

    /// <summary>What they say is under every key; null to know nothing.</summary>
    public byte[]? Replays { get; init; }

    /// <summary>Values that were stored at them.</summary>
    public int Stores { get; private set; }

    /// <summary>Makes itself known to everybody.</summary>
    public void Infiltrate()
    {
        foreach (var contact in _contacts)
        {
            foreach (var node in _network.Nodes)
                _network.Forge(contact.Address, node.Address, _writers[contact.Address].Request(
                    MessageId.Random(_network.Random), RpcMethod.Ping));
            _network.Pass(TimeSpan.FromSeconds(1));
        }
    }

    private bool TryAnswer(NodeAddress from, NodeAddress to, ReadOnlyMemory<byte> datagram)
    {
        if (!_writers.TryGetValue(to, out var writer) || !RpcHeader.TryRead(
            datagram, out var kind, out var id, out var body))
            return false;
        if (kind == RpcHeader.Request && RpcRequest.TryRead(body, out var request))
            _network.Forge(to, from, Answer(writer, id, request));
        return true;
    }

    private byte[] Answer(RpcWriter writer, MessageId id, in RpcRequest request)
    {
        Stores += request.Method == RpcMethod.Store ? 1 : 0;
        return request.Method switch
        {
            RpcMethod.Ping => writer.Pong(id),
            RpcMethod.Store => writer.Stored(id, true),
            RpcMethod.FindValue when Replays is not null => writer.Value(id, Replays),
            _ => writer.Nodes(id, _contacts[..Math.Min(20, _contacts.Length)], 1232),
        };
    }
}
