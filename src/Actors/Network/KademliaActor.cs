using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>Hosts one <see cref="KademliaNode"/>: feeds it datagrams, requests and timers, carries out its effects.</summary>
/// <remarks>
/// The transport is any actor that takes <see cref="Listen"/> and <see cref="SendDatagram"/> and tells <see cref="DatagramReceived"/>.
/// After a failure the node knows nobody and publishes nothing: it says <see cref="SwarmForgotten"/> on the event stream.
/// </remarks>
public sealed class KademliaActor : ReceiveActor, IWithTimers
{
    private const string WakeTimer = "wake";

    private readonly KademliaNode _node;
    private readonly IActorRef _transport;
    private readonly Dictionary<OperationId, (IActorRef Sender, long RequestId)> _waiting = [];
    private long _operations;

    /// <summary>A node that knows nobody.</summary>
    /// <param name="self">Its id.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="verifier">Checks the signatures of records.</param>
    /// <param name="random">In production <see cref="UnpredictableRandom"/>.</param>
    /// <param name="transport">Sends and receives its datagrams.</param>
    /// <param name="interner">Shared by many nodes of one process; null for a node by itself.</param>
    public KademliaActor(
        NodeId self, KademliaOptions options, SignatureVerifier verifier, Random random, IActorRef transport, Interner? interner = null)
    {
        _node = new KademliaNode(self, options, verifier, random, interner);
        _transport = transport;
        Receive<DatagramReceived>(datagram => CarryOut(_node.Receive(Now, datagram.From, datagram.Bytes)));
        Receive<Wake>(wake => CarryOut(_node.Expire(Now, wake.TimerId)));
        Receive<Join>(join => Operate(join, id => _node.Bootstrap(Now, id, join.Seeds)));
        Receive<GetRecord>(get => Operate(get, id => _node.GetRecord(Now, id, get.Key, get.Quorum)));
        Receive<GetValue>(get => Operate(get, id => _node.GetValue(Now, id, get.Key, get.Quorum)));
        Receive<SetValue>(set => Operate(set, id => _node.SetValue(Now, id, set.Key, set.Value)));
        Receive<PublishRecord>(publish => Operate(publish, id => _node.PublishRecord(Now, id, publish.Record)));
        Receive<FindClosest>(find => Operate(find, id => _node.FindClosest(Now, id, find.Key)));
        Receive<PingAddress>(ping => Operate(ping, id => _node.Ping(Now, id, ping.Address)));
        Receive<Leave>(leave => Operate(leave, id => _node.Leave(Now, id)));
        Receive<WithdrawRecord>(withdraw => _node.Withdraw(withdraw.Key));
        Receive<GetHeldRecords>(_ => Sender.Tell(new HeldRecords(_node.HeldRecords)));
        Receive<RestoreRecords>(restore => CarryOut(_node.Restore(Now, restore.Records)));
        Receive<GetPeers>(_ => Sender.Tell(new Peers(_node.Self, _node.Contacts, _node.Statistics)));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before the first message

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <inheritdoc />
    protected override void PreStart() => _transport.Tell(new Listen());

    /// <inheritdoc />
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.System.EventStream.Publish(new SwarmForgotten());
    }

    private void Operate(KademliaRequest request, Func<OperationId, IReadOnlyList<DhtEffect>> start)
    {
        var id = new OperationId(++_operations);
        _waiting[id] = (Sender, request.RequestId);
        CarryOut(start(id));
    }

    private void CarryOut(IReadOnlyList<DhtEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is Send send)
                _transport.Tell(new SendDatagram(send.To, send.Datagram));
            else if (effect is StartTimer timer)
                Timers.StartSingleTimer(WakeTimer, new Wake(timer.TimerId), timer.Delay);
            else if (effect is OperationFinished finished && _waiting.Remove(finished.Id, out var asker))
                asker.Sender.Tell(new KademliaReply(asker.RequestId, finished.Outcome));
        }
    }

    private sealed record Wake(long TimerId);
}
