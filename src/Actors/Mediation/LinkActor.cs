using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>
/// A node's way to all other nodes' services: over HTTPS, or over UDP to those behind a NAT. A <see
/// cref="ServiceCall"/>
/// in, exactly one <see cref="ServiceAnswer"/> back.
/// </summary>
public sealed class LinkActor : ReceiveActor
{
    /// <summary>Calls over either.</summary>
    /// <param name="https">Calls nodes that are reached.</param>
    /// <param name="calls">Calls nodes behind a NAT.</param>
    public LinkActor(IActorRef https, IActorRef calls) =>
        Receive<ServiceCall>(call => (call.Target.Route is null ? https : calls).Forward(call));
}
