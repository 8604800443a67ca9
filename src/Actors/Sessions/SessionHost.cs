using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Services;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Sessions;

/// <summary>Carries out what a session core wants: the same for Alice's grants and orders and for Bob's retrievals.</summary>
/// <param name="peers">Whom a session talks to.</param>
/// <param name="session">The actor that hosts the core; answers come to it.</param>
/// <param name="requester">Hears of progress.</param>
/// <param name="scheduler">Wakes the session.</param>
internal sealed class SessionHost(SessionPeers peers, IActorRef session, IActorRef requester, IScheduler scheduler)
{
    private readonly HashSet<NodeId> _known = [];

    /// <summary>Carries the effects out in order, and returns those that are the session's own results.</summary>
    public IReadOnlyList<SessionEffect> CarryOut(IReadOnlyList<SessionEffect> effects) => [.. effects.Where(effect => !Do(effect))];

    /// <summary>Remembers whom the scout brought, so that he doesn't bring them again.</summary>
    public void Remember(UrsulasFound found) => _known.UnionWith(found.Targets.Select(target => target.Id));

    /// <summary>The status as the core knows it.</summary>
    public static CallStatus StatusOf(ServiceStatus status) => status switch
    {
        ServiceStatus.Ok => CallStatus.Ok,
        ServiceStatus.Refused => CallStatus.Refused,
        ServiceStatus.Malformed => CallStatus.Malformed,
        ServiceStatus.TooLarge => CallStatus.TooLarge,
        ServiceStatus.RateLimited => CallStatus.RateLimited,
        ServiceStatus.Busy => CallStatus.Busy,
        ServiceStatus.TimedOut => CallStatus.TimedOut,
        ServiceStatus.PinMismatch => CallStatus.PinMismatch,
        _ => CallStatus.Unreachable,
    };

    private bool Do(SessionEffect effect)
    {
        switch (effect)
        {
            case FindCandidates find:
                peers.Scout.Tell(new FindUrsulas(find.Count, new HashSet<NodeId>(_known)), session);
                return true;
            case FindUrsula find:
                peers.Scout.Tell(new FindService(find.Ursula), session);
                return true;
            case CallUrsula call:
                peers.Link.Tell(CallOf(call), session);
                return true;
            case WakeAt wake:
                scheduler.ScheduleTellOnce(NotBelowZero(wake.Time - scheduler.Now), session, new SessionWoken(wake.Time), session);
                return true;
            case Progress progress:
                requester.Tell(progress, session);
                return true;
            default:
                return false;
        }
    }

    private static ServiceCall CallOf(CallUrsula call)
    {
        var target = new ServiceAddress(call.Target.Host, call.Target.Port, call.Target.CertificatePin.ToBytes());
        return new ServiceCall(call.CallId, target, KindOf(call.Operation), call.Body, call.TimeLimit);
    }

    private static ServiceKind KindOf(UrsulaOperation operation) => operation switch
    {
        UrsulaOperation.ProposeArrangement => ServiceKind.ProposeArrangement,
        UrsulaOperation.DepositKeyFrag => ServiceKind.DepositKeyFrag,
        UrsulaOperation.Reencrypt => ServiceKind.Reencrypt,
        UrsulaOperation.Renew => ServiceKind.Renew,
        UrsulaOperation.Revoke => ServiceKind.Revoke,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static TimeSpan NotBelowZero(TimeSpan delay) => delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
}
