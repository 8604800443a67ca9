using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// The network between simulated hosts: decides from its seed what arrives, when, how often, and in which order.
/// </summary>
/// <remarks>
/// Datagrams here; service calls, which are streams and thus repeated until they pass, in
/// <see cref="ServiceExchange"/>.
/// </remarks>
public sealed class SimulatedNetwork
{
    /// <summary>How many datagrams wait for a clogged host; more are dropped.</summary>
    public const int MaxClogged = 1_000;

    private readonly Dictionary<NodeAddress, SimulatedHost> _hosts = [];
    private readonly List<SimulatedHost> _ordered = [];
    private readonly TraceHash _trace;

    /// <summary>A network without hosts.</summary>
    public SimulatedNetwork(VirtualTime time, TraceHash trace, Seed seed) =>
        (Time, _trace, Random) = (time, trace, seed.NewRandom());

    /// <summary>How it treats what is sent.</summary>
    public NetworkConditions Conditions { get; set; } = NetworkConditions.Ordinary;

    /// <summary>The breaks that hold now.</summary>
    public IList<Cut> Cuts { get; } = [];

    /// <summary>Its hosts, in the order of joining.</summary>
    public IReadOnlyList<SimulatedHost> Hosts => _ordered;

    /// <summary>What became of everything.</summary>
    public NetworkCounters Counters { get; } = new();

    /// <summary>Sees every datagram that is sent, and who sends it; for checks from outside.</summary>
    public Action<SimulatedHost, ReadOnlyMemory<byte>>? DatagramTap { get; set; }

    /// <summary>Sees every body of a call and of a reply.</summary>
    public Action<ReadOnlyMemory<byte>>? CallTap { get; set; }

    /// <summary>Sees who was sent away, because all connections are taken, and by whom.</summary>
    public Action<SimulatedHost, SimulatedHost>? RefusalTap { get; set; }

    internal VirtualTime Time { get; }

    internal Random Random { get; }

    /// <summary>Adds a host; by its number it lies in a part of the world.</summary>
    public SimulatedHost Join(NodeAddress address)
    {
        var host = new SimulatedHost(this, _ordered.Count, address);
        _hosts.Add(address, host);
        _ordered.Add(host);
        return host;
    }

    /// <summary>The host at an address.</summary>
    public SimulatedHost? Find(NodeAddress address) => _hosts.GetValueOrDefault(address);

    /// <summary>Sends a datagram that claims to come from an address, which need not be the sender's.</summary>
    public void Send(SimulatedHost sender, NodeAddress claimed, NodeAddress to, ReadOnlyMemory<byte> datagram)
    {
        Count(sender, datagram);
        if (datagram.Length > Conditions.MaxDatagramSize)
            Counters.Oversized++;
        else if (!TryQueue(sender, datagram.Length, out var queueing))
            Counters.Overflowed++;
        else if (Conditions.Loss.Draw(Random))
            Counters.Lost++;
        else
            Carry(sender, claimed, to, datagram, queueing);
    }

    /// <summary>Stops everything to and from a host.</summary>
    public static void Clog(SimulatedHost host) => host.IsClogged = true;

    /// <summary>Lets everything pass again that has waited at a host, all at once.</summary>
    public static void Unclog(SimulatedHost host)
    {
        host.IsClogged = false;
        Action[] waiting = [.. host.Clogged];
        host.Clogged.Clear();
        foreach (var action in waiting)
            action();
    }

    internal bool IsCut(SimulatedHost from, SimulatedHost to)
    {
        foreach (var cut in Cuts)
        {
            if (cut.Stops(from.Index, to.Index))
            {
                Counters.Cut++;
                return true;
            }
        }

        return false;
    }

    internal TimeSpan DrawDelay(SimulatedHost from, SimulatedHost to)
    {
        var delay = Latency.Between(from.Index, to.Index);
        if (Conditions.Jitter.Draw(Random))
            delay += Latency.Jitter(delay, Random);
        if (Conditions.Reordering.Draw(Random))
            delay += Draw(Conditions.MaxDetour);
        return delay;
    }

    internal TimeSpan Draw(TimeSpan max) => new(Random.NextInt64(max.Ticks + 1));

    private void Count(SimulatedHost sender, ReadOnlyMemory<byte> datagram)
    {
        Counters.Sent++;
        Counters.Bytes += datagram.Length;
        sender.Sent++;
        sender.SentBytes += datagram.Length;
        DatagramTap?.Invoke(sender, datagram);
    }

    private bool TryQueue(SimulatedHost sender, int size, out TimeSpan queueing)
    {
        var now = Time.GetTimestamp();
        var starts = Math.Max(now, sender.LineFreeAt);
        queueing = new TimeSpan(starts - now);
        if (queueing > Conditions.MaxQueueing)
            return false;
        sender.LineFreeAt = starts + (size * TimeSpan.TicksPerSecond / Conditions.Bandwidth);
        return true;
    }

    private void Carry(
        SimulatedHost sender, NodeAddress claimed, NodeAddress to, ReadOnlyMemory<byte> datagram, TimeSpan queueing)
    {
        if (Find(to) is not { } receiver)
        {
            Counters.Unclaimed++;
            return;
        }

        if (IsCut(sender, receiver))
            return;
        var packet = new Packet(this, sender, receiver, claimed, Corrupt(datagram));
        packet.Travel(queueing + DrawDelay(sender, receiver) + DrawHold());
        if (!Conditions.Duplication.Draw(Random))
            return;
        Counters.Duplicated++;
        packet.Travel(queueing + DrawDelay(sender, receiver) + Draw(Conditions.MaxHold));
    }

    private TimeSpan DrawHold()
    {
        if (!Conditions.Hold.Draw(Random))
            return TimeSpan.Zero;
        Counters.Held++;
        return Draw(Conditions.MaxHold);
    }

    private ReadOnlyMemory<byte> Corrupt(ReadOnlyMemory<byte> datagram)
    {
        if (datagram.IsEmpty || !Conditions.Corruption.Draw(Random))
            return datagram;
        Counters.Corrupted++;
        var changed = datagram.ToArray();
        changed[Random.Next(changed.Length)] ^= (byte)(1 << Random.Next(8));
        return changed;
    }

    private void Deliver(SimulatedHost receiver, NodeAddress claimed, ReadOnlyMemory<byte> datagram)
    {
        if (receiver.Receiver is not { } receive)
        {
            Counters.Unclaimed++;
            return;
        }

        if (!receiver.Admits(claimed))
        {
            Counters.Unreachable++;
            return;
        }

        if (receiver.Drops?.Invoke(datagram) == true)
            return;
        Counters.Delivered++;
        receiver.Received++;
        _trace.Add(receiver.Index);
        _trace.AddFast(datagram.Span);
        receiver.Observed?.Invoke(claimed, datagram, false);
        receive(claimed, datagram);
    }

    /// <summary>A datagram on its way; one that reaches a clogged end waits there, then starts anew.</summary>
    private sealed class Packet(
        SimulatedNetwork network, SimulatedHost sender, SimulatedHost receiver, NodeAddress claimed,
        ReadOnlyMemory<byte> datagram)
    {
        public void Travel(TimeSpan delay) => network.Time.Schedule(delay, Arrive);

        private void Arrive()
        {
            var clogged = sender.IsClogged ? sender : receiver.IsClogged ? receiver : null;
            if (clogged is null)
                network.Deliver(receiver, claimed, datagram);
            else if (clogged.Clogged.Count < MaxClogged)
                clogged.Clogged.Add(Arrive);
            else
                network.Counters.Overflowed++;
        }
    }
}
