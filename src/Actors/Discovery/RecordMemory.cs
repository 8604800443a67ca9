using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>The services that were looked up a moment ago, by the monotonic clock; the oldest make room.</summary>
internal sealed class RecordMemory(ScoutOptions options)
{
    private readonly Dictionary<NodeId, (ServiceTarget Target, TimeSpan Until)> _known = [];
    private readonly Queue<(NodeId Node, TimeSpan Until)> _order = [];

    public bool TryGet(NodeId node, TimeSpan now, [NotNullWhen(true)] out ServiceTarget? target)
    {
        target = _known.TryGetValue(node, out var entry) && now < entry.Until ? entry.Target : null;
        return target is not null;
    }

    public void Add(NodeId node, ServiceTarget target, TimeSpan now)
    {
        var until = now + options.RecordMemory;
        _known[node] = (target, until);
        _order.Enqueue((node, until));
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > options.MaxRecords))
        {
            _order.Dequeue();
            if (_known.TryGetValue(oldest.Node, out var entry) && entry.Until == oldest.Until)
                _known.Remove(oldest.Node);
        }
    }
}
