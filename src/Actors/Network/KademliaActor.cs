using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// Hosts one <see cref="KademliaNode"/>: feeds it datagrams, requests and timers, carries out its effects.
/// </summary>
/// <remarks>
/// The transport is any actor that takes <see cref="Listen"/> and <see cref="SendDatagram"/> and tells
/// <see cref="DatagramReceived"/>; where it tells <see cref="Listening"/>, datagrams go out over its path, without a
/// message each. After a failure the node knows nobody and publishes nothing: it tells everybody who watches the swarm.
/// </remarks>
public sealed class KademliaActor : UntypedActor, IWithTimers
{
    private const string WakeTimer = "wake";

    private readonly KademliaNode _node;
    private readonly IActorRef _transport;
    private readonly Dictionary<OperationId, (IActorRef Sender, long RequestId)> _waiting = [];
    private readonly List<IActorRef> _watchers = [];
    private ClockGuard _clock;
    private IDatagramPath? _path;
    private long _operations;

    /// <summary>A node that knows nobody.</summary>
    /// <param name="self">Its id.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="verifier">Checks the signatures of records.</param>
    /// <param name="random">In production <see cref="UnpredictableRandom"/>.</param>
    /// <param name="transport">Sends and receives its datagrams.</param>
    /// <param name="interner">Shared by many nodes of one process; null for a node by itself.</param>
    /// <param name="clock">How long its clock is doubted; null: as by default.</param>
    public KademliaActor(
        NodeId self, KademliaOptions options, SignatureVerifier verifier, Random random, IActorRef transport,
        Interner? interner = null, ClockGuardOptions? clock = null)
    {
        _node = new KademliaNode(self, options, verifier, random, interner);
        _transport = transport;
        _clock = ClockGuard.Start(Moment, clock ?? new());
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before the first message

    private static Moment Moment => new(Context.System.Scheduler.Now, Context.System.Scheduler.MonotonicClock);

    /// <summary>One switch instead of a handler a type: a process may hold a hundred thousand of these.</summary>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DatagramReceived datagram:
                CarryOut(_node.Receive(ReadClock(), datagram.From, datagram.Bytes));
                break;
            case Wake wake:
                CarryOut(_node.Expire(ReadClock(), wake.TimerId));
                break;
            case Listening listening:
                _path = listening.Path;
                break;
            case KademliaRequest request:
                Operate(request);
                break;
            case WatchSwarm:
                _watchers.Add(Sender);
                break;
            case WithdrawRecord withdraw:
                _node.Withdraw(withdraw.Key);
                break;
            case GetHeldRecords:
                Sender.Tell(new HeldRecords(_node.HeldRecords));
                break;
            case RestoreRecords restore:
                CarryOut(_node.Restore(ReadClock(), restore.Records));
                break;
            case GetPeers get:
                Sender.Tell(new Peers(_node.Self, _node.FirstContacts(get.MaxContacts), _node.Statistics));
                break;
            case GetDhtView:
                Sender.Tell(_node.View);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc />
    protected override void PreStart() => _transport.Tell(new Listen());

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var watcher in _watchers)
        {
            Self.Tell(new WatchSwarm(), watcher); // the next incarnation knows nobody
            watcher.Tell(new SwarmForgotten());
        }

        base.PreRestart(reason, message);
    }

    // What others wrote down is compared with what the clock shows; nothing is forgotten by a clock that jumped.
    private DateTimeOffset ReadClock()
    {
        var moment = Moment;
        _clock = _clock.Note(moment);
        _node.Over = _clock.Read(moment).Over;
        return moment.Clock;
    }

    private void Operate(KademliaRequest request)
    {
        var id = new OperationId(++_operations);
        if (Run(request, id, ReadClock()) is not { } effects)
        {
            Unhandled(request);
            return;
        }
        _waiting[id] = (Sender, request.RequestId);
        CarryOut(effects);
    }

    private IReadOnlyList<DhtEffect>? Run(KademliaRequest request, OperationId id, DateTimeOffset at) => request switch
    {
        Join join => _node.Bootstrap(at, id, join.Seeds),
        GetRecord get => _node.GetRecord(at, id, get.Key, get.Quorum),
        GetMap get => _node.GetMap(at, id, get.Key),
        GetValue get => _node.GetValue(at, id, get.Key, get.Quorum),
        SetValue set => _node.SetValue(at, id, set.Key, set.Value),
        PublishRecord publish => _node.PublishRecord(at, id, publish.Record),
        FindClosest find => _node.FindClosest(at, id, find.Key),
        TraceKey trace => _node.Trace(at, id, trace.Key),
        PingAddress ping => _node.Ping(at, id, ping.Address),
        Leave => _node.Leave(at, id),
        _ => null,
    };

    private void CarryOut(IReadOnlyList<DhtEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is Send send)
                Transmit(send);
            else if (effect is StartTimer timer)
                Timers.StartSingleTimer(WakeTimer, new Wake(timer.TimerId), timer.Delay);
            else if (effect is OperationFinished finished && _waiting.Remove(finished.Id, out var asker))
                asker.Sender.Tell(new KademliaReply(asker.RequestId, finished.Outcome));
        }
    }

    private void Transmit(Send send)
    {
        if (_path is null)
            _transport.Tell(new SendDatagram(send.To, send.Datagram));
        else
            _path.Send(send.To, send.Datagram.Span);
    }

    private sealed record Wake(long TimerId);
}
