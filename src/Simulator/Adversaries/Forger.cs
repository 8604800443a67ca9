using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Somebody who collects the records that pass by, and stores them again: stale ones as they were, others altered or
/// too long.
/// </summary>
internal sealed class Forger
{
    private const int MaxCollected = 1_000;
    private const int Oversize = 8_000;
    private const int Targets = 20;

    private readonly RunContext _run;
    private readonly SimulatedHost _host;
    private readonly Random _random;
    private readonly NodeId _self;
    private readonly List<SignedRecord> _collected = [];

    public Forger(RunContext run, SimulatedMachine machine)
    {
        (_run, _host, _random) = (run, machine.Host, machine.ProcessSeed.Derive("forger").NewRandom());
        _self = NodeId.Random(_random);
        _host.Receiver = (from, datagram) => Received(from, datagram.Span);
        PlanNext();
    }

    /// <summary>Keeps a record that somebody sent.</summary>
    public void Collect(SignedRecord record)
    {
        if (_collected.Count < MaxCollected)
            _collected.Add(record);
    }

    private void PlanNext()
    {
        var mean = TimeSpan.TicksPerMinute / _run.Scenario.Adversaries.ForgedStoresPerMinute;
        _run.World.Time.Schedule(new TimeSpan(_random.NextInt64(2 * mean) + 1), Store);
    }

    private void Store()
    {
        if (_run.Elapsed > _run.LoadEnd)
            return;
        PlanNext();
        if (_collected.Count == 0)
            return;
        var record = _collected[_random.Next(_collected.Count)];
        var forged = Forge(record);
        var nearest = _run.Nodes.OrderBy(node => node.Id.DistanceTo(record.Key)).Take(Targets);
        foreach (var node in nearest)
            _host.Send(
                node.Machine.Host.Address,
                RpcDatagram.Store(NodeId.Random(_random).ToBytes(), _self, record.Key, forged));
        _run.Tally.Add("forged stores");
    }

    /// <summary>Answers pings, so that what it stores counts.</summary>
    private void Received(NodeAddress from, ReadOnlySpan<byte> datagram)
    {
        if (RpcDatagram.IsRequest(datagram, "ping"))
            _host.Send(from, RpcDatagram.Pong(datagram, _self));
    }

    private byte[] Forge(SignedRecord record)
    {
        var bytes = record.Bytes.ToArray();
        var way = _random.Next(3);
        if (way == 1)
            bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        return way == 2 ? [.. bytes, .. new byte[Oversize - bytes.Length]] : bytes;
    }
}
