
namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>
/// Hosts in network namespaces, and in the middle a router that translates addresses, delays and loses packets: in the
/// test itself, because no kernel has all kinds of NAT, and few have delay.
/// </summary>
/// <param name="oneWay">How long every packet takes.</param>
/// <param name="loss">The share of packets that are lost.</param>
/// <param name="seed">Which.</param>
internal sealed class NatLab(TimeSpan oneWay = default, double loss = 0, int seed = 1) : IDisposable
{
    private const int MaxUnderWay = 10_000;

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<LabHost> _hosts = [];
    private readonly List<ITimer> _timers = [];
    private int _underWay;

    /// <summary>Packets that a NAT did not let in.</summary>
    public int KeptOut { get; private set; }

    /// <summary>Adds a host whose address everybody sees.</summary>
    public LabHost Add(string address) => Add(address, address, NatKind.None);

    /// <summary>Adds a host behind a NAT.</summary>
    public LabHost Add(string inner, string outer, NatKind kind)
    {
        var host = new LabHost(inner, outer, kind, Route);
        lock (_lock)
            _hosts.Add(host);
        return host;
    }

    public void Dispose()
    {
        lock (_lock)
            _timers.ForEach(timer => timer.Dispose());
        _hosts.ForEach(host => host.Dispose());
    }

    private void Route(LabHost from, byte[] bytes)
    {
        if (Packet.Read(bytes) is not { } packet)
            return;
        LabHost? to;
        lock (_lock)
        {
            from.Nat?.Leave(packet);
            to = _hosts.Find(host => host.Outer.Equals(packet.Destination.Address));
            if (to is null || _random.NextDouble() < loss)
                return;
            if (to.Nat?.Enter(packet) == false)
            {
                KeptOut++;
                return;
            }
        }
        Send(to, packet.ToBytes());
    }

    private void Send(LabHost to, byte[] bytes)
    {
        if (oneWay == TimeSpan.Zero)
        {
            to.Deliver(bytes);
        }
        else if (Interlocked.Increment(ref _underWay) > MaxUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
        }
        else
        {
            ITimer? timer = null;
            timer = TimeProvider.System.CreateTimer(
                _ =>
                {
                    Interlocked.Decrement(ref _underWay);
                    to.Deliver(bytes);
                    lock (_lock)
                        _timers.Remove(timer!);
                    timer?.Dispose();
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (_lock)
                _timers.Add(timer);
            timer.Change(oneWay, Timeout.InfiniteTimeSpan);
        }
    }
}
