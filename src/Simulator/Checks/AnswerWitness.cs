using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>Looks at what honest nodes answer to a search: contacts, the nearest to the target first.</summary>
/// <remarks>Only at one search in sixteen, chosen by its message id: there are so many.</remarks>
internal sealed class AnswerWitness(RunContext run)
{
    private const int MaxOpen = 10_000;
    private const byte SampledBits = 0x0F;
    private const string NearestFirst = "an answer names the contacts nearest to the target first";

    private readonly Dictionary<NodeId, NodeId> _targets = [];
    private readonly List<NodeId> _contacts = [];

    /// <summary>A datagram that an honest node sends.</summary>
    public void See(SimulatedMachine sender, ReadOnlySpan<byte> datagram)
    {
        if (!RpcDatagram.TryReadMessageId(datagram, out var id) || (datagram[1] & SampledBits) != 0)
            return;
        if (RpcDatagram.TryReadTarget(datagram, out var target))
            Remember(id, target);
        else if (_targets.Remove(id, out target) && RpcDatagram.TryReadContacts(datagram, _contacts))
            Check(sender, target);
    }

    private void Remember(NodeId request, NodeId target)
    {
        if (_targets.Count == MaxOpen)
            _targets.Clear();
        _targets[request] = target;
    }

    private void Check(SimulatedMachine sender, NodeId target)
    {
        run.Tally.Add("answers checked");
        for (var i = 1; i < _contacts.Count; i++)
        {
            if (_contacts[i - 1].DistanceTo(target).CompareTo(_contacts[i].DistanceTo(target)) > 0)
            {
                run.Report(NearestFirst, $"machine {sender.Index}, contact {i} of {_contacts.Count}");
                return;
            }
        }
    }
}
