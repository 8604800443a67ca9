using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>An actor's requests to its node's Kademlia that are under way, each with what to do about the outcome.</summary>
/// <param name="kademlia">The Kademlia actor.</param>
internal sealed class KademliaCalls(IActorRef kademlia)
{
    private readonly Dictionary<long, Action<DhtOutcome>> _pending = [];
    private long _lastId;

    public int Count => _pending.Count;

    /// <summary>Sends a request.</summary>
    /// <param name="request">Made with the number that the reply repeats.</param>
    /// <param name="then">Called by <see cref="Take"/>, in the asking actor.</param>
    public void Send(Func<long, KademliaRequest> request, Action<DhtOutcome> then)
    {
        _pending.Add(++_lastId, then);
        kademlia.Tell(request(_lastId));
    }

    /// <summary>Passes a reply on; one that nobody waits for has no effect.</summary>
    public void Take(KademliaReply reply)
    {
        if (_pending.Remove(reply.RequestId, out var then))
            then(reply.Outcome);
    }
}
