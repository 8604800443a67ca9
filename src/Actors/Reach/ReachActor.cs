using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Reach;

/// <summary>Asks some Ursulas, again and again, to call this node back: whether it can be reached, and what time it
/// is.</summary>
/// <remarks>A single liar changes little: who is reached once can be reached, and of the clocks the one in the middle
/// counts.</remarks>
public sealed class ReachActor : ReceiveActor, IWithTimers
{
    private const int RoundsInARow = 3;
    private const int LeastWitnesses = 2;

    private readonly ReachOptions _options;
    private readonly NodeRecord _node;
    private readonly Signer _signer;
    private readonly RandomSource _random;
    private readonly IActorRef _scout;
    private readonly IActorRef _link;
    private readonly Dictionary<long, Call> _calls = [];
    private readonly List<(ReachVerdict Verdict, TimeSpan Line)> _heard = [];
    private ReachReport _report = new(0, 0, null, default);

    // How far the others' clocks are ahead of this node's monotonic one: whoever sets the node's own changes nothing.
    private TimeSpan? _line;
    private TimeSpan _reportedAt;
    private readonly List<IActorRef> _waiting = [];
    private int _emptyRounds;
    private long _lastCall;

    /// <summary>Asks from its start on.</summary>
    /// <param name="options">Times and numbers.</param>
    /// <param name="node">What the node says about itself.</param>
    /// <param name="signer">The node's; not disposed here.</param>
    /// <param name="random">For nonces and signatures.</param>
    /// <param name="scout">Finds Ursulas.</param>
    /// <param name="link">Carries the calls.</param>
    public ReachActor(ReachOptions options, NodeRecord node, Signer signer, RandomSource random, IActorRef scout,
        IActorRef link)
    {
        (_options, _node, _signer, _random, _scout, _link) = (options, node, signer, random, scout, link);
        Receive<AskAround>(_ => Look());
        Receive<UrsulasFound>(Ask);
        Receive<ServiceAnswer>(Take);
        Receive<RoundOver>(_ => Conclude());
        Receive<WhenUnreached>(_ => _waiting.Add(Sender));
        Receive<GetReach>(_ => Sender.Tell(Report));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    private ReachReport Report =>
        _report with { Age = Monotonic - _reportedAt, ClockAhead = _line - LineOf(Now, Monotonic) };

    private static TimeSpan Monotonic => Context.System.Scheduler.MonotonicClock;

    /// <inheritdoc/>
    // It has just begun to join.
    protected override void PreStart() => Timers.StartSingleTimer("ask", new AskAround(), TimeSpan.FromSeconds(2));

    private void Look()
    {
        Timers.StartSingleTimer("ask", new AskAround(), _options.RetryDelay);
        _scout.Tell(new FindUrsulas(_options.Witnesses, new HashSet<Dht.NodeId> { _node.Id }));
    }

    private void Ask(UrsulasFound found)
    {
        if (_calls.Count > 0 || found.Targets.Count == 0)
            return;
        foreach (var target in found.Targets.Take(_options.Witnesses))
        {
            var request = new ReachRequest(_node.VerifyingKey, target.Id, Nonce.Random(_random), _node.Port,
                _node.CertificatePin);
            var message = SignedMessage.Sign(request, _signer, _random);
            _calls.Add(++_lastCall, new Call(target, message.Hash, Monotonic));
            _link.Tell(new ServiceCall(_lastCall, target.Address, ServiceKind.Reach, message.Bytes,
                _options.TimeLimit));
        }

        Timers.StartSingleTimer("round", new RoundOver(), _options.TimeLimit);
    }

    private void Take(ServiceAnswer answer)
    {
        if (!_calls.Remove(answer.CallId, out var call))
            return;
        if (answer.Status == ServiceStatus.Ok
            && SignedMessage.TryRead<Testimony>(answer.Body.Span, out var message, out _)
            && message.Claims.Request == call.Request && message.Claims.Ursula == call.Target.Id
            && message.Verify(call.Target.VerifyingKey, out var verified))
            _heard.Add((verified.Body.Verdict, LineOf(verified.Body.At, (call.Sent + Monotonic) / 2)));
        if (_calls.Count == 0)
            Conclude();
    }

    private void Conclude()
    {
        Timers.Cancel("round");
        _calls.Clear();
        if (_heard.Count == 0)
            return;
        var before = _report;
        _line = _heard.Select(heard => heard.Line).Order().ElementAt(_heard.Count / 2);
        var tried = _heard.Where(heard => heard.Verdict != ReachVerdict.NotTried).ToList();
        _report = new ReachReport(
            tried.Count, tried.Count(heard => heard.Verdict == ReachVerdict.Reached), null, default);
        _reportedAt = Monotonic;
        _heard.Clear();
        if (_report.Reached > 0)
            Timers.StartSingleTimer("ask", new AskAround(), _options.Interval);
        Say(before);
        Count();
    }

    // One round, or one witness, may be bad luck.
    private void Count()
    {
        _emptyRounds = _report is { Asked: >= LeastWitnesses, Reached: 0 } ? _emptyRounds + 1 : 0;
        if (_emptyRounds < RoundsInARow)
            return;
        foreach (var asker in _waiting)
            asker.Tell(new Unreached(_report.Asked));
        _waiting.Clear();
    }

    private static TimeSpan LineOf(DateTimeOffset clock, TimeSpan monotonic) =>
        TimeSpan.FromTicks(clock.UtcTicks) - monotonic;

    private void Say(ReachReport before)
    {
        var (isReached, wasReached) = (_report.Reached > 0, before.Reached > 0);
        if (_report.Asked == 0 || (isReached == wasReached && before.Asked > 0))
            return;
        if (isReached)
            Context.GetLogger().Info("Others reach this node's service: {0} of {1} that tried.", _report.Reached,
                _report.Asked);
        else
        {
            Context.GetLogger().Warning(
                "None of {0} nodes reached this node's service at TCP port {1}: "
                + "open it in the firewall, or give the right --public-host.",
                _report.Asked, _node.Port);
        }
    }

    private sealed record AskAround;

    private sealed record RoundOver;

    private sealed record Call(ServiceTarget Target, Digest Request, TimeSpan Sent);
}
