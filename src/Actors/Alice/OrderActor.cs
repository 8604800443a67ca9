using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>
/// Hosts one <see cref="OrderSession"/>; tells receipts and the end to Alice, its parent, and stops after the end.
/// </summary>
internal sealed class OrderActor : ReceiveActor
{
    private readonly OrderSession _session;
    private readonly SessionHost _host;

    public OrderActor(OrderSession session, SessionPeers peers, IActorRef requester)
    {
        _session = session;
        _host = new SessionHost(peers, Self, requester, Context.System.Scheduler);
        Receive<ServiceFound>(f => CarryOut(_session.Found(f.Node, f.Target, Now)));
        Receive<ServiceAnswer>(a => CarryOut(_session.Answer(a.CallId, a.Status, a.Body, Now)));
        Receive<SessionWoken>(woken => CarryOut(_session.Wake(woken.Reached(Now))));
    }

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override void PreStart() => CarryOut(_session.Start());

    private void CarryOut(IReadOnlyList<SessionEffect> effects)
    {
        foreach (var result in _host.CarryOut(effects))
        {
            Context.Parent.Tell(result);
            if (result is OrderFinished)
                Context.Stop(Self);
        }
    }
}
