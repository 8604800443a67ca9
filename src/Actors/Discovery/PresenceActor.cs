using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>Publishes the node's own record, renews it, and answers who asks the node for it.</summary>
/// <remarks>The sequence of a record is the millisecond in which it was made, so that a restarted node's supersedes the old one.</remarks>
public sealed class PresenceActor : ReceiveActor, IWithTimers
{
    private readonly PresenceOptions _options;
    private readonly NodeRecord _node;
    private readonly Signer _signer;
    private readonly RandomSource _random;
    private readonly KademliaCalls _kademlia;
    private VerifiedRecord? _current;

    /// <summary>Publishes from the first <see cref="Announce"/> on.</summary>
    /// <param name="options">Times.</param>
    /// <param name="node">What to say about the node.</param>
    /// <param name="signer">The node's; not disposed here.</param>
    /// <param name="random">For signatures.</param>
    /// <param name="kademlia">Publishes and republishes.</param>
    public PresenceActor(PresenceOptions options, NodeRecord node, Signer signer, RandomSource random, IActorRef kademlia)
    {
        (_options, _node, _signer, _random) = (options, node, signer, random);
        _kademlia = new KademliaCalls(kademlia, Self, Context.System.Scheduler);
        Receive<Announce>(_ => Publish());
        Receive<KademliaReply>(_kademlia.Take);
        Receive<ServiceRequest>(_ => Sender.Tell(new ServiceReply(ServiceStatus.Ok, Current().Bytes)));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Timers.StartSingleTimer("announce", new Announce(), _options.RetryDelay);
    }

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    private void Publish()
    {
        _current = null;
        var record = Current();
        _kademlia.Send(id => new PublishRecord(id, record), Retry);
        Timers.StartSingleTimer("announce", new Announce(), _options.RenewInterval);
    }

    private void Retry(DhtOutcome outcome)
    {
        if (outcome is OperationFailed)
            Timers.StartSingleTimer("announce", new Announce(), _options.RetryDelay);
    }

    private VerifiedRecord Current()
    {
        if (_current is { } current && current.IsCurrent(Now))
            return current;
        var record = _node.ToRecord(
            _signer, (ulong)Now.ToUnixTimeMilliseconds(), Now + _options.RecordLife, _random);
        if (!record.TryVerify(RecordSignatures.Verify, out _current))
            throw new InvalidOperationException("The node's own record does not verify.");
        return _current;
    }
}
