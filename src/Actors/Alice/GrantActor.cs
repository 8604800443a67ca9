using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>Hosts one <see cref="GrantSession"/>; tells its result to Alice, its parent, and stops.</summary>
internal sealed class GrantActor : ReceiveActor, IDisposable
{
    private readonly GrantSession _session;
    private readonly SessionHost _host;

    public GrantActor(
        GrantTerms terms, Grant? previous, Identity alice, GrantOptions options, RandomSource random,
        SessionPeers peers, IActorRef requester)
    {
        _session = new GrantSession(terms, previous, alice, options, Now, random);
        _host = new SessionHost(peers, Self, requester, Context.System.Scheduler);
        Receive<UrsulasFound>(Add);
        Receive<ServiceAnswer>(a => CarryOut(_session.Answer(a.CallId, a.Status, a.Body, Now)));
        Receive<DepositsRemembered>(_ => CarryOut(_session.Remembered(Now)));
        Receive<SessionWoken>(woken => CarryOut(_session.Wake(woken.Reached(Now))));
    }

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <summary>Zeroes the kfrags.</summary>
    public void Dispose() => _session.Dispose();

    protected override void PreStart() => CarryOut(_session.Start());

    protected override void PostStop() => Dispose();

    private void Add(UrsulasFound found)
    {
        _host.Remember(found);
        CarryOut(_session.AddCandidates(found.Targets, Now));
    }

    private void CarryOut(IReadOnlyList<SessionEffect> effects)
    {
        foreach (var result in _host.CarryOut(effects))
        {
            Context.Parent.Tell(result);
            if (result is not DepositsPlanned)
                Context.Stop(Self);
        }
    }
}
