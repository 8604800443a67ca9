using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>
/// Calls nodes behind a NAT: has a mediator introduce it, connects, sends sealed calls; one connection a node, closed
/// when it was idle. A <see cref="ServiceCall"/> in, exactly one <see cref="ServiceAnswer"/> back.
/// </summary>
internal sealed class UdpLinkActor : ReceiveActor, IWithTimers
{
    private const int MaxOpenCalls = 256;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(400);

    private readonly RandomSource _random;
    private readonly Signer _caller; // another one at each start: nobody recognizes a caller who comes again
    private readonly Dictionary<NodeId, Line> _lines = [];
    private readonly Dictionary<long, Call> _calls = [];
    private ICallPath? _path;
    private long _lastCall;

    /// <summary>Starts without connections.</summary>
    public UdpLinkActor(RandomSource random)
    {
        (_random, _caller) = (random, Signer.Random(random));
        Receive<CallsOpen>(Open);
        Receive<ServiceCall>(Start);
        Receive<AskNext>(ask => Ask(ask.Line));
        Receive<ControlReceived>(Meet);
        Receive<PeerOpened>(opened => Serve(opened.Peer));
        Receive<ReplyReceived>(Answer);
        Receive<PeerClosed>(closed => Drop(closed.Peer));
        Receive<TimeIsUp>(late => End(late.CallId, ServiceStatus.TimedOut));
        Receive<Sweep>(_ => HangUp());
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    private static Moment Now => new(Context.System.Scheduler.Now, Context.System.Scheduler.MonotonicClock);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var id in _calls.Keys.ToList())
            End(id, ServiceStatus.TimedOut);
        _caller.Dispose();
    }

    private void Open(CallsOpen open)
    {
        _path = open.Path;
        foreach (var line in _lines.Values.ToList())
            Ask(line); // called before there was a way
        Timers.StartPeriodicTimer("sweep", new Sweep(), SweepInterval);
    }

    private void Start(ServiceCall call)
    {
        if (call.Target.Route is not { Mediators.Count: > 0 } route)
            Sender.Tell(new ServiceAnswer(call.CallId, ServiceStatus.Unreachable, default));
        else if (call.Body.Length > ServiceRoute.Of(call.Kind).MaxRequestSize)
            Sender.Tell(new ServiceAnswer(call.CallId, ServiceStatus.TooLarge, default));
        else if (_calls.Count >= MaxOpenCalls)
            Sender.Tell(new ServiceAnswer(call.CallId, ServiceStatus.Busy, default));
        else
            Start(call, route);
    }

    private void Start(ServiceCall call, MediatedRoute route)
    {
        if (!_lines.TryGetValue(route.Ursula, out var line))
        {
            _lines.Add(route.Ursula, line = new Line(route.Ursula, new IntroductionRun(route, _caller)));
            Ask(line);
        }
        var id = ++_lastCall;
        var limit = call.TimeLimit > TimeSpan.Zero ? call.TimeLimit : TimeSpan.Zero;
        var timer = Context.System.Scheduler.ScheduleTellOnceCancelable(limit, Self, new TimeIsUp(id), Self);
        var sealedCall = SealedCall.Make(route, call.Kind, call.Body.Span, _random);
        _calls.Add(id, new Call(call.CallId, Sender, sealedCall, timer, line));
        line.Calls.Add(id);
        line.Waiting.Enqueue(id);
        SendOn(line);
    }

    private void Ask(Line line)
    {
        if (_path is not { } path || line.Peer is not null || _lines.GetValueOrDefault(line.Ursula) != line)
            return;
        if (line.Introduction.Next(Now, _random) is { } datagram)
        {
            path.SendControl(datagram.To, datagram.Bytes.Span);
            Timers.StartSingleTimer(line, new AskNext(line), AskInterval);
        }
        else
        {
            GiveUp(line);
        }
    }

    private void Meet(ControlReceived control)
    {
        foreach (var line in _lines.Values.Where(line => line.Peer is null).ToList())
        {
            if (line.Introduction.Take(control.From, control.Bytes.Span) is not { } introduced)
                continue;
            if (introduced.Ursula.IsUnicast)
                Connect(line, introduced);
            else
                Ask(line); // another mediator may know her
            return;
        }
    }

    private void Connect(Line line, Introduced introduced)
    {
        Timers.Cancel(line);
        var token = line.Introduction.TokenFor(introduced.Caller, Now, _random);
        line.Peer = _path!.Connect(introduced.Ursula, token.Span, Self); // there is one if anybody was asked
        if (line.Peer is null)
            GiveUp(line);
    }

    private void Serve(ICallPeer peer)
    {
        if (LineOf(peer) is not { } line)
            return;
        line.IsOpen = true;
        SendOn(line);
    }

    // Not more at a time than the other side answers.
    private void SendOn(Line line)
    {
        while (line.IsOpen && line.Sent.Count < CallLimits.CallsAtOnce
            && line.Waiting.TryDequeue(out var id))
        {
            line.LastUse = Now.Monotonic;
            if (_calls.GetValueOrDefault(id) is not { } call)
                continue; // its time was up before its turn came
            line.Sent.Add(id);
            if (!line.Peer!.Send(id, call.Sealed.Bytes.Span)) // open: it has one
                End(id, ServiceStatus.Unreachable);
        }
    }

    private void Answer(ReplyReceived reply)
    {
        if (!_calls.TryGetValue(reply.CallId, out var call) || call.Line.Peer != reply.Peer)
            return;
        if (call.Sealed.TryOpenReply(reply.Bytes.Span, out var opened))
            End(reply.CallId, opened.Status, opened.Body);
        else
            reply.Peer.Close(); // it is not she
    }

    private void End(long id, ServiceStatus status, ReadOnlyMemory<byte> body = default)
    {
        if (!_calls.Remove(id, out var call))
            return;
        call.Limit.Cancel();
        call.Sealed.Dispose();
        call.Line.Calls.Remove(id);
        call.Line.Sent.Remove(id);
        call.Line.LastUse = Now.Monotonic;
        call.Asker.Tell(new ServiceAnswer(call.CallId, status, body));
        SendOn(call.Line);
    }

    private void Drop(ICallPeer peer)
    {
        if (LineOf(peer) is { } line)
            GiveUp(line);
    }

    private void GiveUp(Line line)
    {
        Timers.Cancel(line);
        _lines.Remove(line.Ursula);
        line.IsOpen = false;
        foreach (var id in line.Calls.ToList())
            End(id, ServiceStatus.Unreachable);
    }

    private void HangUp()
    {
        foreach (var line in _lines.Values.Where(line => line.IsOpen && line.Calls.Count == 0
            && Now.Monotonic - line.LastUse > IdleTime).ToList())
            line.Peer!.Close(); // open: it has one
    }

    private Line? LineOf(ICallPeer peer) => _lines.Values.FirstOrDefault(line => line.Peer == peer);

    private sealed class Line(NodeId ursula, IntroductionRun introduction)
    {
        public NodeId Ursula => ursula;

        public IntroductionRun Introduction => introduction;

        public HashSet<long> Calls { get; } = [];

        public Queue<long> Waiting { get; } = [];

        public HashSet<long> Sent { get; } = [];

        public ICallPeer? Peer { get; set; }

        public bool IsOpen { get; set; }

        public TimeSpan LastUse { get; set; }
    }

    private sealed record Call(long CallId, IActorRef Asker, SealedCall Sealed, ICancelable Limit, Line Line);

    private sealed record AskNext(Line Line);

    private sealed record TimeIsUp(long CallId);

    private sealed record Sweep;
}
