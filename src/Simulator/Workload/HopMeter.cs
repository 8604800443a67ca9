using System.Text;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Counts from outside over how many others a node learned of a contact, one for those that it knew, and how much it
/// asked.
/// </summary>
internal sealed class HopMeter
{
    private const byte FixedText = 0xA0;

    private readonly Dictionary<NodeAddress, int> _depths = [];
    private readonly List<(int Depth, ReadOnlyMemory<byte> Answer)> _answers = [];
    private readonly HashSet<NodeId> _requests = [];
    private readonly NodeId _target;

    /// <summary>Starts counting at a host; one meter at a time.</summary>
    public HopMeter(SimulatedHost host, NodeId target)
    {
        _target = target;
        host.Observed = Observe;
    }

    /// <summary>Requests for the target that left so far, each counted once however often it was sent.</summary>
    public int Requests => _requests.Count;

    /// <summary>The hops to a contact that was asked.</summary>
    public int HopsTo(Contact contact) => _depths.GetValueOrDefault(contact.Address, 1);

    private void Observe(NodeAddress other, ReadOnlyMemory<byte> datagram, bool isOutgoing)
    {
        if (isOutgoing)
            Sent(other, datagram.Span);
        else if (_depths.TryGetValue(other, out var depth))
            _answers.Add((depth, datagram));
    }

    private void Sent(NodeAddress other, ReadOnlySpan<byte> datagram)
    {
        _depths.TryAdd(other, DepthOf(other));
        if (RpcDatagram.TryReadTarget(
            datagram, out var target) && target == _target && RpcDatagram.TryReadMessageId(datagram, out var id))
            _requests.Add(id);
    }

    /// <summary>
    /// One more than that of the first answer which names the address, as MessagePack writes its text.
    /// </summary>
    private int DepthOf(NodeAddress address)
    {
        var text = Encoding.ASCII.GetBytes(address.Address.ToString());
        byte[] encoded = [(byte)(FixedText | text.Length), .. text];
        foreach (var (depth, answer) in _answers)
        {
            if (answer.Span.IndexOf(encoded) >= 0)
                return depth + 1;
        }

        return 1;
    }
}
