using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>One machine's place in the network: an address, a line, and what listens there.</summary>
public sealed class SimulatedHost
{
    /// <summary>How long the router of an unreachable host remembers whom it sent to. 2 minutes: RFC 4787.</summary>
    public static readonly TimeSpan MappingLife = TimeSpan.FromMinutes(2);

    private readonly SimulatedNetwork _network;
    private Dictionary<NodeAddress, long>? _mappings;

    internal SimulatedHost(SimulatedNetwork network, int index, NodeAddress address) =>
        (_network, Index, Address) = (network, index, address);

    /// <summary>Its number, by which cuts know it; from zero, in the order of joining.</summary>
    public int Index { get; }

    /// <summary>Where it receives.</summary>
    public NodeAddress Address { get; }

    /// <summary>Takes a datagram: who sent it, by its own account, and its bytes. Null while nobody listens.</summary>
    public Action<NodeAddress, ReadOnlyMemory<byte>>? Receiver { get; set; }

    /// <summary>Takes the bytes of a service call and says how to answer it. Null while nobody listens.</summary>
    public IServiceDoor? Door { get; set; }

    /// <summary>The open connections to what listens here.</summary>
    public ConnectionTable Connections => field ??= new(ConnectionTable.DefaultCapacity, ConnectionTable.DefaultShare);

    /// <summary>
    /// True if only those are heard to whom it has sent within <see cref="MappingLife"/>: a router with address
    /// translation.
    /// </summary>
    public bool IsUnreachable { get; set; }

    /// <summary>True while nothing enters or leaves; datagrams wait and come all at once afterwards.</summary>
    public bool IsClogged { get; internal set; }

    /// <summary>Datagrams that it sent.</summary>
    public long Sent { get; internal set; }

    /// <summary>Datagrams that reached it.</summary>
    public long Received { get; internal set; }

    /// <summary>Bytes of the datagrams that it sent.</summary>
    public long SentBytes { get; internal set; }

    /// <summary>Drops what it receives, unseen by whoever listens; null for a host that hears everything.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? Drops { get; set; }

    /// <summary>Sees what it sends and receives: the other's address, the bytes, and whether they go out.</summary>
    internal Action<NodeAddress, ReadOnlyMemory<byte>, bool>? Observed { get; set; }

    /// <summary>When its line is free again, in ticks of virtual time.</summary>
    internal long LineFreeAt { get; set; }

    /// <summary>What waits while it is clogged.</summary>
    internal List<Action> Clogged { get; } = [];

    /// <summary>Sends a datagram from this host's address.</summary>
    public void Send(NodeAddress to, ReadOnlyMemory<byte> datagram)
    {
        if (IsUnreachable)
            (_mappings ??= [])[to] = _network.Time.GetTimestamp();
        Observed?.Invoke(to, datagram, true);
        _network.Send(this, Address, to, datagram);
    }

    /// <summary>Whether a datagram from an address passes this host's router.</summary>
    internal bool Admits(NodeAddress from) => !IsUnreachable
        || (_mappings is not null && _mappings.TryGetValue(from, out var sentAt)
            && _network.Time.GetTimestamp() - sentAt < MappingLife.Ticks);
}
