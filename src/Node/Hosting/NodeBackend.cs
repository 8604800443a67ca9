using System.Reflection;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>The front door's questions, asked of a node's actors.</summary>
internal sealed class NodeBackend
{
    private readonly RunningNode _node;
    private readonly NodeStart _start;
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();

    private NodeBackend(RunningNode node, NodeStart start) => (_node, _start) = (node, start);

    private TimeSpan TimeLimit => _start.Settings.Https.ServiceTimeLimit;

    /// <summary>The backend of a node whose actors may not have been started yet.</summary>
    public static HttpsBackend Create(RunningNode node, NodeStart start)
    {
        var backend = new NodeBackend(node, start);
        return new HttpsBackend(backend.ServeAsync, backend.StatusAsync, backend.FetchAsync, backend.StoreAsync,
            backend.SwarmAsync, node.Health.LookAsync);
    }

    private async Task<ServiceReply> ServeAsync(ServiceRequest request, CancellationToken cancellation)
    {
        if (!TryRead(request, out var message))
            return new ServiceReply(ServiceStatus.Malformed, default);
        var ursula = await UrsulaAsync();
        try
        {
            return await ursula.Ask<ServiceReply>(message, TimeLimit, cancellation);
        }
        catch (AskTimeoutException)
        {
            return new ServiceReply(ServiceStatus.TimedOut, default);
        }
    }

    // On the connection's thread: what is no request never comes to Ursula, and whoever sends such makes nobody wait.
    private static bool TryRead(ServiceRequest request, out object message)
    {
        message = request;
        if (request.Kind is ServiceKind.Information or ServiceKind.Reach or ServiceKind.Guests)
            return true;
        if (!UrsulaRequest.TryRead(request.Kind, request.Body.Span, out var read, out _))
            return false;
        message = new ServeRead(read, request.Source);
        return true;
    }

    private async Task<NodeStatus> StatusAsync(CancellationToken cancellation)
    {
        var actors = await _node.WhenStarted;
        var ursula = await (await UrsulaAsync()).Ask<UrsulaState>(new GetUrsulaState(), TimeLimit, cancellation);
        var peers = await actors.Kademlia.Ask<Peers>(new GetPeers(), TimeLimit, cancellation);
        return new NodeStatus(
            _start.Identity.Id.ToString(), Convert.ToHexStringLower(_start.Identity.VerifyingKey.ToBytes()),
            Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "", "full",
            _node.Udp.ToString(), _node.Https?.ToString() ?? "", _started, TimeProvider.System.GetUtcNow(),
            ursula.Held, ursula.Reencryptions, peers.Statistics.Records,
            [.. peers.Contacts.Select(c => new PeerStatus(c.Id.ToString(), c.Address.ToString()))],
            _node.Health.Latest);
    }

    private async Task<SwarmStatus> SwarmAsync(CancellationToken cancellation)
    {
        var actors = await _node.WhenStarted;
        var view = await actors.Kademlia.Ask<DhtView>(new GetDhtView(), TimeLimit, cancellation);
        var counters = await _node.Transport.Ask<TransportCounters>(
            new GetTransportCounters(), TimeLimit, cancellation);
        return SwarmReport.Of(view, counters, TimeProvider.System.GetUtcNow());
    }

    private async Task<ReadOnlyMemory<byte>?> FetchAsync(ReadOnlyMemory<byte> key) =>
        NodeId.TryRead(key.Span, out var id)
        && await AskKademliaAsync(new GetRecord(0, id)) is RecordFound found
            ? found.Record.Bytes
            : (ReadOnlyMemory<byte>?)null; // without the cast null would be an empty record

    /// <summary>Stores a record once: the node that signed it republishes it, not this one.</summary>
    private async Task<ServiceStatus> StoreAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> bytes)
    {
        if (!SignedRecord.TryRead(bytes.Span, out var read) || !read.TryVerify(RecordSignatures.Verify, out var record))
            return ServiceStatus.Malformed;
        if (!NodeId.TryRead(key.Span, out var id) || record.Key != id || IsOwn(record))
            return ServiceStatus.Refused;
        var outcome = await AskKademliaAsync(new PublishRecord(0, record));
        (await _node.WhenStarted).Kademlia.Tell(new WithdrawRecord(id));
        return outcome switch
        {
            Stored => ServiceStatus.Ok,
            OperationFailed { Failure: DhtFailure.Expired or DhtFailure.TooLarge } => ServiceStatus.Refused,
            OperationFailed { Failure: DhtFailure.Busy } => ServiceStatus.Busy,
            _ => ServiceStatus.Unreachable,
        };
    }

    // A node with a front door has an Ursula.
    private async Task<IActorRef> UrsulaAsync() => (await _node.WhenStarted).Ursula!;

    private bool IsOwn(VerifiedRecord record) =>
        record.PublisherKey.Span.SequenceEqual(_start.Identity.VerifyingKey.ToBytes());

    // Not given up when the client hangs up: Kademlia works on all the same, and what was published must be withdrawn.
    private async Task<DhtOutcome> AskKademliaAsync(KademliaRequest request)
    {
        try
        {
            return (await (await _node.WhenStarted).Kademlia.Ask<KademliaReply>(request, TimeLimit)).Outcome;
        }
        catch (AskTimeoutException)
        {
            return new OperationFailed(DhtFailure.NoAnswer);
        }
    }
}
