using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Sessions;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Sessions;

/// <summary>Kademlia, scout and link of one node: they keep what they are told and answer as a test says.</summary>
internal sealed class ScriptedPeers
{
    /// <summary>What all three were told, in order.</summary>
    public List<object> Told { get; } = [];

    public Func<KademliaRequest, DhtOutcome?> Kademlia { get; set; } = static _ => null;

    public Func<object, object?> Scout { get; set; } = static _ => null;

    public Func<ServiceCall, ServiceReply?> Link { get; set; } = static _ => null;

    /// <summary>The scout finds one Ursula only, and the link brings her requests.</summary>
    /// <param name="ursula">Where she is.</param>
    /// <param name="serve">What she answers; null: nothing.</param>
    public void BringAndServe(ServiceTarget ursula, Func<ServiceRequest, ServiceReply?> serve)
    {
        Scout = message => message switch
        {
            FindUrsulas find => new UrsulasFound(find.Known.Contains(ursula.Id) ? [] : [ursula]),
            FindService find => new ServiceFound(find.Node, find.Node == ursula.Id ? ursula : null),
            _ => null,
        };
        Link = call => serve(new ServiceRequest(call.Kind, call.Body));
    }

    public SessionPeers Start(OneMachine world) => new(
        world.Start(ActorProps.Of(() => new ScriptedActor(Told, AskKademlia))),
        world.Start(ActorProps.Of(() => new ScriptedActor(Told, message => Scout(message)))),
        world.Start(ActorProps.Of(() => new ScriptedActor(Told, AskLink))));

    private KademliaReply? AskKademlia(object message) =>
        message is KademliaRequest request && Kademlia(request) is { } outcome
            ? new KademliaReply(request.RequestId, outcome)
            : null;

    private ServiceAnswer? AskLink(object message) =>
        message is ServiceCall call && Link(call) is { } reply
            ? new ServiceAnswer(call.CallId, reply.Status, reply.Body)
            : null;
}
