using System.Diagnostics.Metrics;
using NuCypher.P2P.Actors.Mailboxes;

namespace NuCypher.P2P.Node.Https;

/// <summary>What the node holds at this moment, for those who listen to its meter; looked up before each
/// reading.</summary>
internal sealed class NodeGauges : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "NuCypher.P2P.Node.State";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly Meter _meter = new(Name);
    private readonly SwarmGauges _swarm = new();
    private readonly Func<CancellationToken, Task<NodeStatus>> _look;
    private readonly Func<CancellationToken, Task<SwarmStatus>> _lookAtSwarm;
    private readonly CancellationTokenSource _stopped = new();
    private NodeStatus? _status;

    /// <summary>Adds the instruments.</summary>
    public NodeGauges(
        Func<CancellationToken, Task<NodeStatus>> look, Func<CancellationToken, Task<SwarmStatus>> lookAtSwarm)
    {
        (_look, _lookAtSwarm) = (look, lookAtSwarm);
        Add("nucypher.peers", "{node}", "Contacts of the routing table that answered.", status => status.Peers.Count);
        Add("nucypher.policies.held", "{policy}", "Policies with a key fragment.", status => status.PoliciesHeld);
        Add("nucypher.records.held", "{record}", "Records and values of the swarm.", status => status.RecordsHeld);
        Add("nucypher.uptime", "s", "Time since the start.", status => status.UptimeSeconds);
        _meter.CreateObservableCounter(
            "nucypher.messages.dropped", () => DroppingMailbox.Dropped, "{message}",
            "Messages that found a mailbox full.");
        foreach (var name in HealthFinding.Names)
        {
            _meter.CreateObservableGauge<long>(
                $"nucypher.health.{name}", () => StatusOf(name), null, "2 as it should be, 1 not known, 0 not well.");
        }
    }

    /// <summary>Looks, as far as the node answers.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        try
        {
            (_status, _swarm.Seen) = (await _look(cancellation), await _lookAtSwarm(cancellation));
        }
        catch (AskTimeoutException)
        {
            (_status, _swarm.Seen) = (null, null); // what was seen before says nothing about now
        }
    }

    /// <summary>Looks again and again until disposed, for exporters that ask by themselves.</summary>
    public async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
                await RefreshAsync(_stopped.Token);
            while (await timer.WaitForNextTickAsync(_stopped.Token));
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
        _swarm.Dispose();
        _meter.Dispose();
    }

    private void Add(string name, string unit, string words, Func<NodeStatus, long> read) =>
        _meter.CreateObservableGauge<long>(name, () => Read(read), unit, words);

    private IEnumerable<Measurement<long>> Read(Func<NodeStatus, long> read) =>
        _status is { } status ? [new Measurement<long>(read(status))] : [];

    private IEnumerable<Measurement<long>> StatusOf(string name) =>
        _status?.Health.FirstOrDefault(finding => finding.Name == name) is { } found
            ? [new Measurement<long>((long)found.Status)] : [];
}
