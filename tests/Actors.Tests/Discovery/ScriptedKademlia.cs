using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Tests.Discovery;

/// <summary>Stands where a node's Kademlia stands, keeps what it is asked, and answers what a test says.</summary>
internal sealed class ScriptedKademlia : ReceiveActor
{
    public static readonly NodeAddress Peer = new(System.Net.IPAddress.Loopback, 7);

    public ScriptedKademlia(List<KademliaRequest> asked, Func<KademliaRequest, DhtOutcome?> answer, Func<int> contacts)
    {
        Receive<KademliaRequest>(request =>
        {
            asked.Add(request);
            if (answer(request) is { } outcome)
                Sender.Tell(new KademliaReply(request.RequestId, outcome));
        });
        Receive<GetPeers>(get =>
        {
            if (contacts() is >= 0 and var count)
                Sender.Tell(new Peers(
                    default,
                    [.. Enumerable.Repeat(new Contact(default, Peer), Math.Min(count, get.MaxContacts))],
                    new DhtStatistics(count, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        });
    }
}
