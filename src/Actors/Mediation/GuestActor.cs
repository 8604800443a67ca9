using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>
/// Has some nodes mediate for this one, which is behind a NAT: finds them, keeps them, publishes through whom it is
/// called, and opens the NAT for those whom they introduce.
/// </summary>
internal sealed class GuestActor : ReceiveActor, IWithTimers
{
    private const int Punches = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SearchInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PunchInterval = TimeSpan.FromMilliseconds(50);

    // All who were asked have answered by then, so that a NAT with many addresses is not taken for another one.
    private static readonly TimeSpan VoteTime = TimeSpan.FromSeconds(2);

    private readonly NodeRecord _node;
    private readonly RandomSource _random;
    private readonly IActorRef _scout;
    private readonly IActorRef _presence;
    private readonly GuestDesk _desk;
    private ReadOnlyMemory<byte> _record;
    private NodeRecord? _described;
    private NatVerdict _said;
    private TimeSpan? _votesSince;
    private TimeSpan _searchAt = TimeSpan.MinValue;
    private ICallPath? _path;

    /// <summary>Begins once it has a way to send.</summary>
    public GuestActor(
        MediationOptions options, NodeRecord node, Signer signer, RandomSource random, int key, IActorRef scout,
        IActorRef presence)
    {
        (_node, _random, _scout, _presence) = (node, random, scout, presence);
        _desk = new GuestDesk(options, signer, Now, key);
        Receive<CallsOpen>(Open);
        Receive<LookAround>(_ => Look());
        Receive<UrsulasFound>(found => Take(found.Targets));
        Receive<ControlReceived>(Take);
        Receive<ServiceReply>(reply => Show(reply.Body));
        Receive<Punch>(Send);
        Receive<GetMediation>(_ => Sender.Tell(
            new MediationReport(true, _desk.Verdict, _desk.Seen, _desk.Mediators.Count, 0)));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    private static Moment Now => new(Context.System.Scheduler.Now, Context.System.Scheduler.MonotonicClock);

    // Says nothing, but opens the NAT for answers from where it goes.
    private static ReadOnlySpan<byte> Hello => "NuCypher"u8;

    private void Open(CallsOpen open)
    {
        _path = open.Path;
        Timers.StartPeriodicTimer("look", new LookAround(), TimeSpan.Zero, Tick);
    }

    private void Look()
    {
        var now = Now;
        if (_desk.Wanted > 0 && now.Monotonic >= _searchAt)
        {
            _searchAt = now.Monotonic + SearchInterval;
            _scout.Tell(new FindUrsulas(2 * _desk.Wanted, new HashSet<NodeId> { _node.Id }));
        }
        Ask();
        Conclude(now.Monotonic);
    }

    private void Ask()
    {
        foreach (var datagram in _desk.Ask(Now, _record, _random))
            _path!.SendControl(datagram.To, datagram.Bytes.Span); // set before the first look
    }

    private void Take(IEnumerable<ServiceTarget> targets)
    {
        _desk.Add(targets.Where(target => target.Address.Route is null)
            .Select(target => new Mediator(target.Id, target.Kademlia)));
        Ask();
    }

    private void Take(ControlReceived control)
    {
        var now = Now;
        var bytes = control.Bytes.Span;
        if (_desk.TakeGrant(now, control.From, bytes))
            _votesSince ??= now.Monotonic;
        else if (_desk.TakeIntroduction(now, control.From, bytes, out var caller))
            Send(new Punch(caller, Punches));
    }

    private void Send(Punch punch)
    {
        _path?.SendControl(punch.To, Hello);
        if (punch.Times > 1)
            Timers.StartSingleTimer(punch.To, punch with { Times = punch.Times - 1 }, PunchInterval);
    }

    private void Conclude(TimeSpan now)
    {
        if (_votesSince is not { } since || now - since < VoteTime)
            return;
        if (_desk.Verdict != _said)
            Say(_said = _desk.Verdict);
        var described = _desk is { Verdict: NatVerdict.OneAddress, Seen: { } seen }
            ? _node with
            {
                Capabilities = NodeCapabilities.Ursula | NodeCapabilities.Mediated,
                Udp = seen,
                Mediators = _desk.Mediators,
            }
            : _node;
        if (described == (_described ?? _node))
            return;
        _described = described;
        _presence.Tell(new Describe(_ => described));
        _presence.Tell(new ServiceRequest(ServiceKind.Information, default)); // signed, for those who look for Ursulas
    }

    private void Show(ReadOnlyMemory<byte> record)
    {
        _record = record;
        _desk.Hurry();
        Ask();
    }

    private void Say(NatVerdict verdict)
    {
        if (verdict == NatVerdict.OneAddress)
            Context.GetLogger().Info(
                "This node is behind a NAT, seen at {0}; {1} nodes introduce callers to it, who call it over UDP.",
                _desk.Seen, _desk.Mediators.Count);
        else if (verdict == NatVerdict.ManyAddresses)
            Context.GetLogger().Warning(
                "This node's NAT shows each node another address: nobody can call it. It is a client until that"
                + " changes: forward its ports, or choose a router or an access whose NAT keeps one address.");
        else
            Context.GetLogger().Warning("Nobody mediates for this node any more; looking for others.");
    }

    private sealed record LookAround;

    private sealed record Punch(NodeAddress To, int Times);
}
