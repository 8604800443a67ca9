using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>A node that answers every search with others that do not exist, each nearer to the target than anybody can be.</summary>
internal sealed class EndlessReferrer
{
    private const int Referrals = 15;
    private static readonly TimeSpan CallInterval = TimeSpan.FromSeconds(10);

    private readonly Simulation _simulation;
    private readonly SimulatedHost _host;
    private readonly Random _random;
    private readonly NodeId _self;

    public EndlessReferrer(Simulation simulation, SimulatedMachine machine)
    {
        (_simulation, _host, _random) = (simulation, machine.Host, machine.ProcessSeed.Derive("referrer").NewRandom());
        _self = NodeId.Random(_random);
        _host.Receiver = Answer;
        Call();
    }

    /// <summary>Makes itself known, so that others ask it.</summary>
    private void Call()
    {
        var node = _simulation.Nodes[_random.Next(_simulation.Nodes.Count)];
        _host.Send(node.Machine.Host.Address, RpcDatagram.FindNode(NodeId.Random(_random).ToBytes(), _self, _self));
        if (_simulation.Elapsed < _simulation.LoadEnd)
            _simulation.World.Time.Schedule(CallInterval, Call);
    }

    private void Answer(NodeAddress from, ReadOnlyMemory<byte> datagram)
    {
        if (RpcDatagram.IsRequest(datagram.Span, "ping"))
        {
            _host.Send(from, RpcDatagram.Pong(datagram.Span, _self));
        }
        else if (RpcDatagram.IsRequest(datagram.Span, "find_node") || RpcDatagram.IsRequest(datagram.Span, "find_value"))
        {
            _simulation.Tally.Add("false referrals");
            _host.Send(from, RpcDatagram.Nodes(datagram.Span, [.. Invent(RpcDatagram.Ids(datagram).Last())]));
        }
    }

    private IEnumerable<Contact> Invent(NodeId target)
    {
        for (var i = 0; i < Referrals; i++)
        {
            var near = target.ToBytes();
            near[^1] = (byte)_random.Next(256);
            near[^2] = (byte)_random.Next(256);
            if (NodeId.TryRead(near, out var id))
                yield return new Contact(id, World.AddressOf(_random.Next(500_000, 600_000)));
        }
    }
}
