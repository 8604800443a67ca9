using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Tests.Discovery;

/// <summary>Stands where a node's Kademlia stands, keeps what it is asked, and answers what a test says.</summary>
internal sealed class ScriptedKademlia : ReceiveActor
{
    public ScriptedKademlia(List<KademliaRequest> asked, Func<KademliaRequest, DhtOutcome?> answer, Func<int> contacts)
    {
        Receive<KademliaRequest>(request =>
        {
            asked.Add(request);
            if (answer(request) is { } outcome)
                Sender.Tell(new KademliaReply(request.RequestId, outcome));
        });
        Receive<GetPeers>(_ => Sender.Tell(new Peers(default, new Contact[contacts()], default!)));
    }
}
