using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Sessions;

/// <summary>
/// Carries out what a session core wants: the same for Alice's grants and orders and for Bob's retrievals.
/// </summary>
/// <param name="peers">Whom a session talks to.</param>
/// <param name="session">The actor that hosts the core; answers come to it.</param>
/// <param name="requester">Hears of progress.</param>
/// <param name="scheduler">Wakes the session.</param>
internal sealed class SessionHost(SessionPeers peers, IActorRef session, IActorRef requester, IScheduler scheduler)
{
    private readonly HashSet<NodeId> _known = [];

    /// <summary>Carries the effects out in order, and returns those that are the session's own results.</summary>
    public IReadOnlyList<SessionEffect> CarryOut(IReadOnlyList<SessionEffect> effects) =>
        [.. effects.Where(effect => !Do(effect))];

    /// <summary>Remembers whom the scout brought, so that he doesn't bring them again.</summary>
    public void Remember(UrsulasFound found) => _known.UnionWith(found.Targets.Select(target => target.Id));

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
                peers.Link.Tell(
                    new ServiceCall(call.CallId, call.Target.Address, call.Kind, call.Body, call.TimeLimit), session);
                return true;
            case WakeAt wake:
                scheduler.ScheduleTellOnce(
                    NotBelowZero(wake.Time - scheduler.Now), session, new SessionWoken(wake.Time), session);
                return true;
            case Progress progress:
                requester.Tell(progress, session);
                return true;
            default:
                return false;
        }
    }

    private static TimeSpan NotBelowZero(TimeSpan delay) => delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
}
