using System.Text;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>Counts from outside over how many others a node learned of a contact: one for those that it knew.</summary>
internal sealed class HopMeter
{
    private const byte FixedText = 0xA0;

    private readonly Dictionary<NodeAddress, int> _depths = [];
    private readonly List<(int Depth, ReadOnlyMemory<byte> Answer)> _answers = [];

    /// <summary>Starts counting at a host; one meter at a time.</summary>
    public HopMeter(SimulatedHost host) => host.Observed = Observe;

    /// <summary>The hops to a contact that was asked.</summary>
    public int HopsTo(Contact contact) => _depths.GetValueOrDefault(contact.Address, 1);

    private void Observe(NodeAddress other, ReadOnlyMemory<byte> datagram, bool isOutgoing)
    {
        if (isOutgoing)
            _depths.TryAdd(other, DepthOf(other));
        else if (_depths.TryGetValue(other, out var depth))
            _answers.Add((depth, datagram));
    }

    /// <summary>One more than that of the first answer which names the address, as MessagePack writes its text.</summary>
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
