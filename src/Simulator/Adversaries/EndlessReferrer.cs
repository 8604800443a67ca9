using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>A node that answers every search with others, each nearer to the target than the one before.</summary>
/// <remarks>
/// The others do not exist, or they are its accomplices: more addresses of its own, which answer in the same way, and
/// each refers to one more.
/// </remarks>
internal sealed class EndlessReferrer
{
    private const int Referrals = 15;
    private const int MaxDistance = ushort.MaxValue;
    private static readonly TimeSpan CallInterval = TimeSpan.FromSeconds(10);

    private readonly RunContext _run;
    private readonly SimulatedHost _host;
    private readonly Random _random;
    private readonly NodeId _self;
    private readonly IReadOnlyList<SimulatedHost> _accomplices;
    private int _referred;

    public EndlessReferrer(RunContext run, SimulatedMachine machine, IReadOnlyList<SimulatedHost> accomplices)
    {
        _accomplices = accomplices;
        (_run, _host, _random) = (run, machine.Host, machine.ProcessSeed.Derive("referrer").NewRandom());
        _self = NodeId.Random(_random);
        foreach (var host in accomplices.Append(_host))
            host.Receiver ??= (from, datagram) => Answer(host, from, datagram);
        Call();
    }

    /// <summary>Makes itself known, so that others ask it.</summary>
    private void Call()
    {
        var node = _run.Nodes[_random.Next(_run.Nodes.Count)];
        _host.Send(node.Machine.Host.Address, RpcDatagram.FindNode(NodeId.Random(_random).ToBytes(), _self, _self));
        if (_run.Elapsed < _run.LoadEnd)
            _run.World.Time.Schedule(CallInterval, Call);
    }

    private void Answer(SimulatedHost host, NodeAddress from, ReadOnlyMemory<byte> datagram)
    {
        if (RpcDatagram.IsRequest(datagram.Span, "ping"))
        {
            host.Send(from, RpcDatagram.Pong(datagram.Span, _self));
        }
        else if (RpcDatagram.IsRequest(datagram.Span, "find_node") || RpcDatagram.IsRequest(
            datagram.Span, "find_value"))
        {
            _run.Tally.Add("false referrals");
            host.Send(from, RpcDatagram.Nodes(datagram.Span, [.. Invent(RpcDatagram.Ids(datagram).Last())]));
        }
    }

    private IEnumerable<Contact> Invent(NodeId target)
    {
        for (var i = 0; i < (_accomplices.Count > 0 ? 1 : Referrals); i++)
        {
            var (near, distance) = (target.ToBytes(), MaxDistance - (_referred++ % MaxDistance));
            near[^2] ^= (byte)(distance >> 8);
            near[^1] ^= (byte)(distance & byte.MaxValue);
            var address = _accomplices.Count > 0
                ? _accomplices[_referred % _accomplices.Count].Address
                : World.AddressOf(_random.Next(500_000, 600_000));
            if (NodeId.TryRead(near, out var id))
                yield return new Contact(id, address);
        }
    }
}
