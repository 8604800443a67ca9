using System.Net;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Ids without keys, ground to lie next to the key of one treasure map, on two networks: they say yes to every store,
/// keep nothing, and know only each other.
/// </summary>
internal sealed class Swallower
{
    private const int Networks = 2;
    private static readonly TimeSpan CallInterval = TimeSpan.FromSeconds(10);

    private readonly RunContext _run;
    private readonly Random _random;
    private readonly NodeId _key;
    private readonly List<(Contact Contact, SimulatedHost Host)> _all = [];

    /// <summary>Begins at once.</summary>
    /// <param name="run">Where.</param>
    /// <param name="key">Of the map.</param>
    /// <param name="count">How many ids.</param>
    /// <param name="site">Which two networks; of no others in the run.</param>
    public Swallower(RunContext run, NodeId key, int count, byte site)
    {
        (_run, _key, _random) = (run, key, run.World.Seed.Derive("swallower").Derive(site).NewRandom());
        for (var i = 1; i <= count; i++)
            Add(Near(i), new IPAddress([200, site, (byte)(i % Networks), (byte)(1 + (i / Networks))]));
        Call();
    }

    private IEnumerable<Contact> Nearest => _all.Take(_run.Scenario.Kademlia.K).Select(one => one.Contact);

    private NodeId Near(int distance)
    {
        var id = _key.ToBytes();
        id[^1] ^= (byte)distance;
        return NodeId.TryRead(id, out var near) ? near : _key;
    }

    private void Add(NodeId id, IPAddress address)
    {
        var host = _run.World.AddMachine(address: new NodeAddress(address, World.Port)).Host;
        _all.Add((new Contact(id, host.Address), host));
        host.Receiver = (from, datagram) => Answer(id, host, from, datagram.Span);
    }

    /// <summary>They make themselves known to those who will be asked for the key, and to one other each.</summary>
    private void Call()
    {
        var nearest = _run.Nodes.OrderBy(node => node.Id.DistanceTo(_key)).Take(_run.Scenario.Kademlia.K);
        foreach (var (contact, host) in _all)
        {
            foreach (var node in nearest.Append(_run.Nodes[_random.Next(_run.Nodes.Count)]))
            {
                var id = NodeId.Random(_random).ToBytes();
                host.Send(node.Machine.Host.Address, RpcDatagram.FindNode(id, contact.Id, _key));
            }
        }

        if (_run.Elapsed < _run.End)
            _run.World.Time.Schedule(CallInterval, Call);
    }

    private void Answer(NodeId self, SimulatedHost host, NodeAddress from, ReadOnlySpan<byte> datagram)
    {
        if (RpcDatagram.IsRequest(datagram, "ping"))
            host.Send(from, RpcDatagram.Pong(datagram, self));
        else if (RpcDatagram.IsRequest(datagram, "store"))
            Swallow(host, from, datagram);
        else if (RpcDatagram.TargetStart(datagram) > 0)
            host.Send(from, RpcDatagram.Nodes(datagram, [.. Nearest]));
    }

    private void Swallow(SimulatedHost host, NodeAddress from, ReadOnlySpan<byte> datagram)
    {
        _run.Tally.Add("stores swallowed");
        host.Send(from, RpcDatagram.Yes(datagram));
    }
}
