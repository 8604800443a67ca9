using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// For each treasure map a share of all nodes that drop whatever concerns it; which nodes, differs from map to map.
/// </summary>
internal sealed class Censors(Chance share, Seed seed, Tally tally)
{
    private readonly HashSet<NodeId> _keys = [];

    /// <summary>From now on what concerns a key is dropped.</summary>
    public void Add(NodeId key) => _keys.Add(key);

    /// <summary>The filter of one node.</summary>
    public Func<ReadOnlyMemory<byte>, bool> FilterOf(SimulatedHost host) => datagram =>
    {
        foreach (var id in RpcDatagram.Ids(datagram))
        {
            if (_keys.Contains(id) && IsCensor(host.Index, id))
            {
                tally.Add("censored");
                return true;
            }
        }

        return false;
    };

    private bool IsCensor(int index, NodeId key) =>
        (int)(seed.Derive(key.ToString()).Derive(index).Value % 1_000_000) < share.PerMillion;
}
