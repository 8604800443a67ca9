using System.Net;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>The table of one NAT, for UDP and TCP alike; entries last as long as the test.</summary>
internal sealed class Translation(NatKind kind, IPAddress inner, IPAddress outer)
{
    private readonly Dictionary<(byte Protocol, ushort Inner, IPEndPoint? Remote), ushort> _outer = [];
    private readonly Dictionary<(byte Protocol, ushort Outer), (ushort Inner, IPEndPoint? Remote)> _inner = [];
    private readonly HashSet<(byte Protocol, ushort Outer, IPEndPoint Remote)> _sentTo = [];
    private ushort _lastPort = 20_000;

    /// <summary>Rewrites the source of what leaves.</summary>
    public void Leave(Packet packet)
    {
        var remote = packet.Destination;
        var key = (packet.Protocol, packet.Source.Port, kind == NatKind.Symmetric ? remote : null);
        var entry = ((byte, ushort, IPEndPoint?))(key.Protocol, (ushort)key.Port, key.Item3);
        if (!_outer.TryGetValue(entry, out var port))
        {
            _outer.Add(entry, port = ++_lastPort);
            _inner.Add((packet.Protocol, port), ((ushort)packet.Source.Port, key.Item3));
        }
        _sentTo.Add((packet.Protocol, port, remote));
        packet.Source = new IPEndPoint(outer, port);
    }

    /// <summary>Rewrites the destination of what comes; false if it is not let in.</summary>
    public bool Enter(Packet packet)
    {
        var port = (ushort)packet.Destination.Port;
        if (!_inner.TryGetValue((packet.Protocol, port), out var entry)
            || (entry.Remote is { } remote && !remote.Equals(packet.Source))
            || !LetsIn(packet, port))
            return false;
        packet.Destination = new IPEndPoint(inner, entry.Inner);
        return true;
    }

    private bool LetsIn(Packet packet, ushort port) => kind switch
    {
        NatKind.FullCone => true,
        NatKind.AddressRestricted => _sentTo.Any(sent => (sent.Protocol, sent.Outer) == (packet.Protocol, port)
            && sent.Remote.Address.Equals(packet.Source.Address)),
        _ => _sentTo.Contains((packet.Protocol, port, packet.Source)),
    };
}
